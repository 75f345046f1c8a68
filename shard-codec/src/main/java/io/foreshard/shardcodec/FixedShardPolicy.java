package io.foreshard.shardcodec;

import io.foreshard.runtime.Checks;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;

/**
 * Splits every message into shards of one size, whatever is forecast: the reactive baseline. Immutable and safe for use by several
 * threads.
 */
public final class FixedShardPolicy implements ShardPolicy {

    private final int shardBytes;

    private FixedShardPolicy(int shardBytes) {
        this.shardBytes = shardBytes;
    }

    /** Returns a policy whose shards fill the packets of the path. */
    public static FixedShardPolicy pathSized() {
        return new FixedShardPolicy(Integer.MAX_VALUE);
    }

    /**
     * Returns a policy with shards of a given size, or of the path's size where that is smaller.
     *
     * @param shardBytes payload of a shard, {@value WireFormat#MIN_SHARD_BYTES}…{@value WireFormat#MAX_SHARD_BYTES}
     * @throws IllegalArgumentException if the size is outside that range
     */
    public static FixedShardPolicy ofSize(int shardBytes) {
        return new FixedShardPolicy(
                Checks.inRange("shardBytes", shardBytes, WireFormat.MIN_SHARD_BYTES, WireFormat.MAX_SHARD_BYTES));
    }

    @Override
    public ShardPlan plan(ShardRequest request) {
        int size = Math.min(shardBytes, request.payloadCapacityBytes());
        return ShardPlan.of(request.messageBytes(), size, false, ShardPlan.Cause.FIXED, Double.NaN, Double.NaN);
    }
}
