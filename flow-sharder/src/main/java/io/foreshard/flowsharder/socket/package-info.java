/** The sockets of edges and relays: which channels they are. Nothing is known here of legs and flows. */
@NullMarked
package io.foreshard.flowsharder.socket;

import org.jspecify.annotations.NullMarked;
