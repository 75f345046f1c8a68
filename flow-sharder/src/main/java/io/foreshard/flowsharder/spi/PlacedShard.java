package io.foreshard.flowsharder.spi;

/**
 * A shard where it is now.
 *
 * @param session the key of its session, under which it was placed
 * @param shard its number within the session
 * @param nodeId where it is
 * @param bytesPerSecond what it carries
 * @param isBusy whether more waits for it than it carries, so that its rate is what the way there is able to
 * @param movedNanos when it was placed there, on the clock of the round
 */
public record PlacedShard(
        long session, int shard, String nodeId, double bytesPerSecond, boolean isBusy, long movedNanos) {}
