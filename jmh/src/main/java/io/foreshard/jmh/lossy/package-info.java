/**
 * How long messages take over paths that lose packets: ours beside a genie that knows everything but the future, in virtual time, and
 * beside other transports, on real sockets through a relay. Conditions flow in, figures flow out; start with
 * {@link io.foreshard.jmh.lossy.GenieContest} and {@link io.foreshard.jmh.lossy.LossyPeersContest}.
 */
@NullMarked
package io.foreshard.jmh.lossy;

import org.jspecify.annotations.NullMarked;
