package io.foreshard.transport;

/**
 * How much may leave on a path that nobody has asked for, and what the decision about it needs to know. A token bucket: it fills with
 * {@value #SHARE_PERCENT} % of the shard bytes sent and holds {@value #DEPTH_PACKETS} packets, so however much is lost, copies are at
 * most that share, and never a burst that a queue would feel. Confined to one event loop.
 */
final class Redundancy implements RepairPolicy.View {

    static final int SHARE_PERCENT = 8;
    static final int DEPTH_PACKETS = 64;

    private static final int SMOOTHING_PACKETS = 512;
    private static final long LEAST_QUEUE_NANOS = 10_000_000L;
    private static final double LOSSY = 0.002;

    private final Path path;
    private double tokens;
    private double lossRatio;
    private long ackedBefore;
    private long lostBefore;
    private int round = 1;
    private int shards = 1;

    Redundancy(Path path) {
        this.path = path;
        this.tokens = (double) DEPTH_PACKETS * path.mtuBytes() / 2;
    }

    /** Takes a shard that was sent because it is new or was lost. */
    void onSent(int bytes) {
        tokens = Math.min((double) DEPTH_PACKETS * path.mtuBytes(), tokens + bytes * SHARE_PERCENT / 100.0);
    }

    /** Pays for a copy; returns false when the budget is spent. */
    boolean tryPay(int bytes) {
        if (tokens < bytes) {
            return false;
        }
        tokens -= bytes;
        return true;
    }

    /** Pays for a copy that nobody waits for yet, out of the half of the budget that is not kept for repairs. */
    boolean tryPaySpare(int bytes) {
        return tokens >= (double) DEPTH_PACKETS * path.mtuBytes() / 2 && tryPay(bytes);
    }

    /** Returns whether the path loses packets and has no queue, so that waiting for them is worth avoiding. */
    boolean isWorthwhile() {
        return lossRatio() >= LOSSY && !isQueueing();
    }

    /** Returns this as seen by a shard of a block that is about to be repaired. */
    RepairPolicy.View of(OutboundBlock block, int index) {
        round = block.round(index);
        shards = block.shardCount();
        return this;
    }

    @Override
    public double lossRatio() {
        long acked = path.loss.ackedPackets() - ackedBefore;
        long lost = path.loss.lostPackets() - lostBefore;
        long settled = acked + lost;
        if (settled > 0) {
            double weight = Math.min(1, (double) settled / SMOOTHING_PACKETS);
            lossRatio += ((double) lost / settled - lossRatio) * weight;
            ackedBefore += acked;
            lostBefore += lost;
        }
        return lossRatio;
    }

    /** The controller keeps a queue of an eighth of the base round trip, at least 5 ms; twice that is not its own. */
    @Override
    public boolean isQueueing() {
        long base = path.rtt.minNanos();
        return path.rtt.smoothedNanos() - base > Math.max(LEAST_QUEUE_NANOS, base / 4);
    }

    @Override
    public int round() {
        return round;
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int affordable() {
        return (int) (tokens / path.mtuBytes());
    }

    @Override
    public int budget() {
        return DEPTH_PACKETS;
    }
}
