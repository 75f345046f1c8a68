/**
 * A third party's sharding policy. In: a {@link io.foreshard.shardcodec.spi.ShardRequest}. Out: a
 * {@link io.foreshard.shardcodec.spi.ShardPlan}. It depends on the published interfaces only; the application hands an instance to
 * the engine's builder, and the contract test of the test kit shows that the engine can rely on it.
 */
@NullMarked
package io.foreshard.examples.shardpolicy;

import org.jspecify.annotations.NullMarked;
