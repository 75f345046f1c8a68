/**
 * The decision how a message is split: a pure function from a {@link io.foreshard.shardcodec.spi.ShardRequest} to a
 * {@link io.foreshard.shardcodec.spi.ShardPlan}. A contract test for implementations is in the test kit.
 */
@NullMarked
package io.foreshard.shardcodec.spi;

import org.jspecify.annotations.NullMarked;
