/**
 * What goes over a leg, byte by byte: frames, their checksums, and the tokens by which a leg joins a session. In: buffers as they come from
 * a socket. Out: calls of a {@link io.foreshard.flowsharder.wire.FrameSink}, or the reason for which the leg is to be closed. No sockets, no clock.
 */
package io.foreshard.flowsharder.wire;
