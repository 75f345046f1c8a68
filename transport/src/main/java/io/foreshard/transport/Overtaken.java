package io.foreshard.transport;

/**
 * Shards that the receiver misses while they are under way on a connection. Shards on other connections overtake them all the time, and
 * a stream loses nothing, so what is asked for waits until TCP has had the time to repeat it; only then it leaves once more, on
 * whichever connection is free. What left on the connection before is as late, and goes with it. Confined to one event loop.
 */
final class Overtaken {

    private final Path path;
    private final LossDetector.Listener listener;
    private long from;
    private long below;
    private long dueNanos = Long.MAX_VALUE;

    Overtaken(Path path, LossDetector.Listener listener) {
        this.path = path;
        this.listener = listener;
    }

    /** Takes that the receiver asks for what left as a packet that is under way. */
    void add(long number) {
        if (number >= below) {
            below = number + 1;
            dueNanos = Math.min(dueNanos, dueNanos(number));
        }
    }

    /** Returns when something has to leave once more, or {@link Long#MAX_VALUE}. */
    long dueNanos() {
        return dueNanos;
    }

    /** Gives what has been under way for too long to the listener as lost; the path still waits for it. */
    void service(long nowNanos) {
        if (dueNanos - nowNanos > 0) {
            return;
        }
        long number = Math.max(from, path.sent.oldestNumber());
        while (number < below && dueNanos(number) - nowNanos <= 0) {
            repeat(number, nowNanos);
            number++;
        }
        from = number;
        dueNanos = number < below ? dueNanos(number) : Long.MAX_VALUE;
    }

    private void repeat(long number, long nowNanos) {
        OutboundBlock block = path.sent.state(number) == SentPackets.IN_FLIGHT ? path.sent.block(number) : null;
        if (block != null) {
            listener.onShardLost(block, path.sent.shard(number), number, nowNanos);
        }
    }

    private long dueNanos(long number) {
        return path.sent.sentNanos(number) + path.streamPatienceNanos();
    }
}
