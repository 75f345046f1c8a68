/**
 * The two ends of a session. In at the ingress: connections of an application. Out at the egress: connections to targets. In between:
 * legs, by way of relays. Each connection belongs to one event loop, and to the session of that loop.
 */
@NullMarked
package io.foreshard.flowsharder.edge;

import org.jspecify.annotations.NullMarked;
