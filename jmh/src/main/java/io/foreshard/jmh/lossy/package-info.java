/**
 * How long messages take over paths that lose packets: ours beside a genie that knows everything but the future. Conditions flow in,
 * figures flow out; start with {@link io.foreshard.jmh.lossy.GenieContest}.
 */
@NullMarked
package io.foreshard.jmh.lossy;

import org.jspecify.annotations.NullMarked;
