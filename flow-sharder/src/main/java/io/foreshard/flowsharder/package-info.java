/**
 * Spreads one TCP flow over several relay nodes. An ingress accepts TCP connections, cuts what they bring into pieces with a place in the
 * stream, and sends these over legs: TCP connections to the egress, each by way of a relay. The egress puts the stream together again
 * and passes it on. A leg may die, come back or be slow; the stream does not notice.
 */
package io.foreshard.flowsharder;
