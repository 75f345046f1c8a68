package io.foreshard.reassembler;

import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.TrafficClass;

/**
 * What is known of a message that ended.
 *
 * @param messageId the message
 * @param totalBytes its bytes on the wire, trailer included
 * @param trafficClass how urgent its sender said it was
 * @param contract what it was promised
 * @param firstShardNanos when its first shard arrived
 * @param endedNanos when it was whole or failed
 * @param shards shards held at the end
 */
public record MessageInfo(
        long messageId,
        long totalBytes,
        TrafficClass trafficClass,
        Contract contract,
        long firstShardNanos,
        long endedNanos,
        int shards) {}
