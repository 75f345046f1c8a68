/**
 * Protocols by which applications say where to: SOCKS5 and HTTP CONNECT. In: a connection that an ingress accepted. Out: the same
 * connection, carried to the target it asked for, and an answer that tells the truth of that target. Each belongs to its event loop.
 */
@NullMarked
package io.foreshard.flowsharder.accept;

import org.jspecify.annotations.NullMarked;
