package io.foreshard.transport;

/**
 * The window of a path over a stream. TCP below has a congestion control of its own: there is no pace, and the window only bounds what
 * waits between the sender and the receiver, so that an urgent message does not queue behind a buffer full of bulk.
 *
 * <p>{@code window = 64 KiB + delivery rate × (2 × base round trip + 10 ms)}: while TCP opens its own window, twice what it delivers
 * is never too little; afterwards the 10 ms keep it busy over the pauses of both event loops. The delivery rate is the greatest of the
 * last eight to sixteen rounds; a round in which there was nothing more to send does not count as one. Confined to one event loop.
 */
final class StreamRateController implements RateController {

    static final long UNPACED = Long.MAX_VALUE;
    static final long FLOOR_BYTES = 64 << 10;

    private static final int EPOCH_ROUNDS = 8;
    private static final double ROUND_TRIPS = 2;
    private static final double SLACK_NANOS = 10_000_000;

    private long newRate;
    private long oldRate;
    private int rounds;
    private long window = FLOOR_BYTES;

    @Override
    public void onAck(RateSample sample) {
        newRate = Math.max(newRate, sample.deliveryRateBytesPerSecond);
        if (sample.roundEnded && !sample.appLimited && ++rounds == EPOCH_ROUNDS) {
            rounds = 0;
            oldRate = newRate;
            newRate = sample.deliveryRateBytesPerSecond;
        }
        double busyNanos = ROUND_TRIPS * sample.minRttNanos + SLACK_NANOS;
        window = FLOOR_BYTES + (long) (capacityBytesPerSecond() * busyNanos / 1e9);
    }

    /** What a stream loses it has given up with its connection. */
    @Override
    public void onLoss(long nowNanos, long lostBytes) {}

    @Override
    public void onFeedbackEnd() {
        newRate = 0;
        oldRate = 0;
        rounds = 0;
        window = FLOOR_BYTES;
    }

    @Override
    public boolean expect(long nowNanos, long bytesPerSecond) {
        return false;
    }

    @Override
    public long windowBytes() {
        return window;
    }

    @Override
    public long rateBytesPerSecond() {
        return UNPACED;
    }

    @Override
    public long capacityBytesPerSecond() {
        return Math.max(newRate, oldRate);
    }
}
