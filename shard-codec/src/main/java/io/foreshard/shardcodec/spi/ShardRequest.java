package io.foreshard.shardcodec.spi;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.runtime.Checks;
import io.foreshard.shardcodec.Contract;

/**
 * What a {@link ShardPolicy} decides on.
 *
 * @param messageBytes length of the message, {@code > 0}
 * @param carrier what carries the shards
 * @param payloadCapacityBytes most payload that one packet of the path carries, {@code > 0}
 * @param contract what the message was promised
 * @param deadlineLeftNanos time left, or {@link Long#MAX_VALUE} without a deadline
 * @param outlook what the path is expected to be like
 */
public record ShardRequest(
        int messageBytes,
        Carrier carrier,
        int payloadCapacityBytes,
        Contract contract,
        long deadlineLeftNanos,
        PathOutlook outlook) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public ShardRequest {
        Checks.positive("messageBytes", messageBytes);
        Checks.positive("payloadCapacityBytes", payloadCapacityBytes);
    }
}
