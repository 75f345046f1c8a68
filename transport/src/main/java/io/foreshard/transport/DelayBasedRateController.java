package io.foreshard.transport;

import io.foreshard.runtime.WindowedMax;

/**
 * Keeps the bottleneck busy with a short standing queue: the pace is the delivery rate seen, corrected by how far the queueing delay
 * is from a target.
 *
 * <p>Idea: the delivery rate under a queue is the bottleneck's capacity (Cardwell et al., BBR, ACM Queue 14(5), 2016); the queueing
 * delay above the base round trip tells whether the pace is above or below it (LEDBAT, RFC 6817; Arun and Balakrishnan, Copa, NSDI
 * 2018). In steady state {@code pace = capacity × gain}, {@code gain = 1 + 0.4 (target - queue) / base}, clamped to 0.75…1.25: per
 * round trip four tenths of the queue's error are made good, which is stable with a feedback one round old. With next to no queue the
 * gain is {@code 1 + target / base}, which asks for more. Capacity is the greatest delivery rate of the last rounds; a queue above
 * twice the target says that it has shrunk, and what the last round delivered takes its place. Window = what fits the pipe and twice
 * the target, so a burst cannot fill a deep queue.
 *
 * <p>Loss: a round that loses more than {@value #TOLERATED_LOSS_PERCENT} % lowers the capacity in proportion, so a policer or a queue
 * shorter than the target is respected (RFC 8085), while random loss on radio links is not mistaken for congestion. No feedback: one
 * packet per probe time-out.
 *
 * <p>Rejected: windows alone (bursts into shallow queues), AIMD on loss (acts after congestion), Copa's 1/(δ·dq) (millisecond timers
 * look like queueing delay and cap the rate).
 */
final class DelayBasedRateController implements RateController {

    static final int TOLERATED_LOSS_PERCENT = 15;

    private static final int INITIAL_WINDOW_PACKETS = 10;
    private static final int MIN_WINDOW_PACKETS = 4;
    private static final long MIN_TARGET_NANOS = 5_000_000L;
    private static final double STARTUP_GAIN = 2.0;
    private static final double CORRECTION = 0.4;
    private static final double MAX_GAIN = 1.25;
    private static final double MIN_GAIN = 0.75;
    private static final int CAPACITY_ROUNDS = 8;
    private static final int FULL_PIPE_ROUNDS = 3;
    /** A delay above as many targets is a queue even while the delivery rate still grows; less may be a busy machine. */
    private static final int CERTAIN_QUEUE_TARGETS = 4;

    private static final long BASE_REFRESH_NANOS = 10_000_000_000L;
    private static final double DRAIN_GAIN = 0.5;

    private final int packetBytes;
    private final WindowedMax capacity = new WindowedMax(CAPACITY_ROUNDS);
    private long roundCapacity;
    private long lastRoundCapacity;
    private long rounds;
    private long targetNanos = MIN_TARGET_NANOS;
    private long baseRttNanos;
    private long roundMinRttNanos = Long.MAX_VALUE;
    private long queueNanos;
    private long baseSeenNanos = Long.MIN_VALUE;
    private long drainUntilNanos = Long.MIN_VALUE;
    private boolean startup = true;
    private long fullPipeCapacity;
    private int fullPipeRounds;
    private long roundAckedBytes;
    private long roundLostBytes;
    private boolean stopped;
    private long rate;
    private long window;

    DelayBasedRateController(int packetBytes, long initialRttNanos) {
        this.packetBytes = packetBytes;
        this.baseRttNanos = initialRttNanos;
        this.window = (long) INITIAL_WINDOW_PACKETS * packetBytes;
        this.rate = perSecond(window, initialRttNanos);
    }

    @Override
    public void onAck(RateSample sample) {
        stopped = false;
        roundAckedBytes += sample.ackedBytes;
        learnDelay(sample);
        learnCapacity(sample);
        if (sample.roundEnded) {
            endRound(sample);
        }
        decide(sample.nowNanos);
    }

    private void learnDelay(RateSample sample) {
        if (sample.rttNanos <= 0) {
            return;
        }
        baseRttNanos = sample.minRttNanos;
        targetNanos = Math.max(MIN_TARGET_NANOS, baseRttNanos / 8);
        roundMinRttNanos = Math.min(roundMinRttNanos, sample.rttNanos);
        if (sample.rttNanos <= baseRttNanos + targetNanos / 4 || baseSeenNanos == Long.MIN_VALUE) {
            baseSeenNanos = sample.nowNanos;
        }
    }

    private void learnCapacity(RateSample sample) {
        long seen = sample.deliveryRateBytesPerSecond;
        if (seen > 0 && (!sample.appLimited || seen > roundCapacity)) {
            roundCapacity = Math.max(roundCapacity, seen);
        }
        if (seen > 0 && (!sample.appLimited || capacity.isEmpty() || seen > capacity.get())) {
            capacity.update(rounds, seen);
        }
    }

    private void endRound(RateSample sample) {
        rounds++;
        if (roundMinRttNanos != Long.MAX_VALUE) {
            queueNanos = Math.max(0, roundMinRttNanos - baseRttNanos);
        }
        if (roundCapacity > 0) {
            lastRoundCapacity = roundCapacity;
        }
        if (queueNanos > 2 * targetNanos && lastRoundCapacity > 0 && lastRoundCapacity < capacity.get()) {
            capacity.reset();
            capacity.update(rounds, lastRoundCapacity);
        }
        if (startup) {
            leaveStartupWhenFull(sample);
        }
        respondToLoss();
        if (sample.nowNanos - baseSeenNanos > BASE_REFRESH_NANOS) {
            drainUntilNanos = sample.nowNanos + 2 * sample.smoothedRttNanos;
            baseSeenNanos = sample.nowNanos;
        }
        roundMinRttNanos = Long.MAX_VALUE;
        roundCapacity = 0;
    }

    private void leaveStartupWhenFull(RateSample sample) {
        boolean grew = lastRoundCapacity > fullPipeCapacity * 5 / 4;
        if (queueNanos > (grew ? CERTAIN_QUEUE_TARGETS * targetNanos : targetNanos)) {
            startup = false;
        } else if (grew) {
            fullPipeCapacity = lastRoundCapacity;
            fullPipeRounds = 0;
        } else if (!sample.appLimited && ++fullPipeRounds >= FULL_PIPE_ROUNDS) {
            startup = false;
        }
    }

    private void respondToLoss() {
        long seen = roundAckedBytes + roundLostBytes;
        if (seen >= 10L * packetBytes && roundLostBytes * 100 > seen * TOLERATED_LOSS_PERCENT) {
            startup = false;
            long kept = (long) (lastRoundCapacity * (double) roundAckedBytes / seen);
            capacity.reset();
            capacity.update(rounds, Math.max(kept, packetBytes));
            lastRoundCapacity = kept;
        }
        if (seen >= 10L * packetBytes) {
            roundAckedBytes = 0;
            roundLostBytes = 0;
        }
    }

    private void decide(long nowNanos) {
        if (capacity.isEmpty()) {
            return;
        }
        long bottleneck = capacityBytesPerSecond();
        double gain = startup ? STARTUP_GAIN : steadyGain();
        if (nowNanos < drainUntilNanos) {
            gain = DRAIN_GAIN;
        }
        rate = Math.max((long) (bottleneck * gain), perSecond(packetBytes, Math.max(baseRttNanos, 1)));
        double pipeNanos = startup ? STARTUP_GAIN * (baseRttNanos + targetNanos) : baseRttNanos + 2.0 * targetNanos;
        long pipe = (long) (bottleneck * pipeNanos / 1e9);
        window = Math.max(pipe, (long) (startup ? INITIAL_WINDOW_PACKETS : MIN_WINDOW_PACKETS) * packetBytes);
    }

    private double steadyGain() {
        double base = Math.max(1, baseRttNanos);
        double gain = queueNanos < targetNanos / 4
                ? 1 + targetNanos / base
                : 1 + CORRECTION * (targetNanos - queueNanos) / base;
        return Math.max(MIN_GAIN, Math.min(MAX_GAIN, gain));
    }

    @Override
    public void onLoss(long nowNanos, long lostBytes) {
        roundLostBytes += lostBytes;
    }

    @Override
    public void onFeedbackEnd() {
        stopped = true;
        startup = true;
        fullPipeCapacity = 0;
        fullPipeRounds = 0;
        capacity.reset();
        lastRoundCapacity = 0;
        window = (long) INITIAL_WINDOW_PACKETS * packetBytes;
        rate = perSecond(window, Math.max(baseRttNanos, 1));
    }

    @Override
    public long windowBytes() {
        return stopped ? packetBytes : window;
    }

    @Override
    public long rateBytesPerSecond() {
        return stopped ? perSecond(packetBytes, Math.max(baseRttNanos, 1)) : rate;
    }

    @Override
    public long capacityBytesPerSecond() {
        return capacity.isEmpty() ? 0 : capacity.get();
    }

    private static long perSecond(long bytes, long nanos) {
        return (long) (bytes * 1e9 / nanos);
    }
}
