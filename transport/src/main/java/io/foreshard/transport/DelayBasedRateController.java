package io.foreshard.transport;

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
 * <p>Fairness: the target is an eighth of the base round trip, at least 5 ms, and more for a flow with few packets in the pipe
 * (Swift, SIGCOMM 2020, section 3.1): of two flows that see one queue, the slower one speeds up and the faster one slows down until
 * they are equal. A base that nobody has seen for 5 s is looked for with half the pace, before it is forgotten, so that the queue of
 * one's own is never taken for the path. Noise raises the target too: where the delay jumps up and down from round to round, as
 * on a busy machine, it says that much less about a queue; what it grows by steadily is a queue and no noise.
 *
 * <p>Loss: while some is seen, the pace is at most what arrives, except for one round in eight that asks for more; so a policer or a
 * queue shorter than the target loses little, and random loss on radio links costs no rate. More than
 * {@value LossWatch#TOLERATED_PERCENT} % says that the capacity has shrunk (RFC 8085). No feedback: one packet per probe time-out.
 * {@link LossWatch} judges, and {@link CapacitySearch} says when doubling begins and ends.
 *
 * <p>Beside TCP, which fills the queue whatever its delay, all this would starve: {@link Competition} notices, and decides window and
 * pace until the rival has left.
 *
 * <p>Rejected: windows alone (bursts into shallow queues), AIMD on loss (acts after congestion), Copa's 1/(δ·dq) (millisecond timers
 * look like queueing delay and cap the rate).
 */
final class DelayBasedRateController implements RateController {

    private static final int INITIAL_WINDOW_PACKETS = 10;
    private static final int MIN_WINDOW_PACKETS = 4;
    private static final long MIN_TARGET_NANOS = 5_000_000L;
    private static final double CORRECTION = 0.4;
    private static final double MAX_GAIN = 1.25;
    private static final double MIN_GAIN = 0.75;
    private static final int CAPACITY_ROUNDS = 8;
    private static final int MAX_EXTRA_TARGETS = 3;
    private static final int NOISE_ROUNDS = 16;
    /** Half of what the round-trip estimate remembers its minimum for. */
    private static final long BASE_REFRESH_NANOS = 5_000_000_000L;

    private static final double DRAIN_GAIN = 0.5;
    /** A capacity that grows by more is one that comes back. */
    private static final double RETURN_RATIO = 2;

    private final int packetBytes;
    private final Competition competition;
    private final CapacitySearch search = new CapacitySearch();
    private final LossWatch loss;
    private final CapacityFilter capacity = new CapacityFilter(CAPACITY_ROUNDS);
    private long roundCapacity;
    private long lastRoundCapacity;
    private long rounds;
    private long targetNanos = MIN_TARGET_NANOS;
    private long baseRttNanos;
    private long roundMinRttNanos = Long.MAX_VALUE;
    private long queueNanos;
    private long trendNanos;
    private long noiseNanos;
    private long baseSeenNanos = Long.MIN_VALUE;
    private long drainUntilNanos = Long.MIN_VALUE;
    private boolean stopped;
    private long rate;
    private long expected = FeedForward.NO_YARDSTICK;
    private long window;

    DelayBasedRateController(int packetBytes, long initialRttNanos) {
        this.packetBytes = packetBytes;
        this.competition = new Competition(packetBytes);
        this.loss = new LossWatch(packetBytes);
        this.baseRttNanos = initialRttNanos;
        this.window = (long) INITIAL_WINDOW_PACKETS * packetBytes;
        this.rate = perSecond(window, initialRttNanos);
    }

    @Override
    public void onAck(RateSample sample) {
        if (stopped && expected != FeedForward.NO_YARDSTICK) {
            resume();
        }
        stopped = false;
        loss.onAck(sample.ackedBytes);
        learnDelay(sample);
        learnCapacity(sample);
        if (sample.roundEnded) {
            endRound(sample);
        }
        competition.onAck(sample, baseRttNanos, target(competition.bestRateBytesPerSecond()));
        decide(sample.nowNanos);
    }

    private void learnDelay(RateSample sample) {
        if (sample.rttNanos <= 0) {
            return;
        }
        baseRttNanos = competition.baseNanos(sample.nowNanos, sample.minRttNanos);
        targetNanos = target(capacityBytesPerSecond());
        roundMinRttNanos = Math.min(roundMinRttNanos, sample.rttNanos);
        if (sample.rttNanos <= baseRttNanos + leastTarget() / 8 || baseSeenNanos == Long.MIN_VALUE) {
            baseSeenNanos = sample.nowNanos;
            drainUntilNanos = sample.nowNanos;
        }
    }

    private long leastTarget() {
        return Math.max(MIN_TARGET_NANOS, baseRttNanos / 8);
    }

    private long target(long rate) {
        long least = leastTarget();
        double packets = Math.max(1, rate / 1e9 * baseRttNanos / packetBytes);
        double extra = baseRttNanos * (1 / packets + 0.25 / Math.sqrt(packets));
        return least
                + (long) Math.min(extra, MAX_EXTRA_TARGETS * (double) least)
                + Math.max(0, Math.min(noiseNanos - least / 4, least));
    }

    private void learnCapacity(RateSample sample) {
        long seen = sample.deliveryRateBytesPerSecond;
        if (seen > 0) {
            capacity.learn(rounds, seen, sample.appLimited, sample);
        }
        if (seen > 0 && !sample.appLimited) {
            roundCapacity = Math.max(roundCapacity, capacity.measured(seen, sample));
        }
        if (sample.trainBytes > 0) {
            learnTrain(sample);
        }
    }

    /** Messages shorter than the pipe tell by trains: all may raise the capacity, and one that was spread is the bottleneck's. */
    private void learnTrain(RateSample sample) {
        long seen = sample.trainBytesPerSecond();
        roundCapacity = Math.max(roundCapacity, capacity.measured(seen, sample));
        capacity.learn(rounds, seen, !sample.wasTrainSpread(), sample);
        search.onTrain(sample, rate);
    }

    private void endRound(RateSample sample) {
        rounds++;
        if (roundMinRttNanos != Long.MAX_VALUE) {
            long queueNow = Math.max(0, roundMinRttNanos - baseRttNanos);
            long trend = queueNow - queueNanos;
            noiseNanos += (Math.abs(trend - trendNanos) / 2 - noiseNanos) / NOISE_ROUNDS;
            trendNanos = trend;
            queueNanos = queueNow;
        }
        if (roundCapacity > 0) {
            lastRoundCapacity = roundCapacity;
        }
        boolean shrunk = queueNanos > 2 * targetNanos && sample.steady;
        if (shrunk && lastRoundCapacity > 0 && lastRoundCapacity < capacity.measure()) {
            capacity.restart(rounds, lastRoundCapacity);
        }
        respondToLoss();
        searchOn(sample);
        if (sample.nowNanos - baseSeenNanos > BASE_REFRESH_NANOS) {
            drainUntilNanos = sample.nowNanos + 2 * sample.smoothedRttNanos;
            baseSeenNanos = sample.nowNanos;
        }
        roundMinRttNanos = Long.MAX_VALUE;
        roundCapacity = 0;
    }

    private void respondToLoss() {
        if (loss.endRound(rounds, search.hasProbed(), search.isStartup()) && lastRoundCapacity > 0) {
            search.end();
            capacity.restart(rounds, lastRoundCapacity);
        }
    }

    /** By a yardstick that errs, what arrives grows without any capacity that could be climbed to. */
    private void searchOn(RateSample sample) {
        if (competition.decides()) {
            search.end();
        } else {
            boolean comparable = !capacity.isEmpty() && expected == FeedForward.NO_YARDSTICK;
            search.endRound(
                    rounds,
                    lastRoundCapacity,
                    comparable ? capacity.measure() : 0,
                    queueNanos,
                    targetNanos,
                    loss.isWarning(),
                    sample.appLimited);
        }
    }

    private void decide(long nowNanos) {
        if (capacity.isEmpty()) {
            return;
        }
        long bottleneck = capacityBytesPerSecond();
        boolean startup = search.isStartup();
        double gain = nowNanos < drainUntilNanos ? DRAIN_GAIN : Math.max(search.gain(), steadyGain());
        search.onGain(gain);
        rate = Math.max((long) (bottleneck * gain), perSecond(packetBytes, Math.max(baseRttNanos, 1)));
        double pipeNanos = Math.max(search.gain() * (baseRttNanos + targetNanos), baseRttNanos + 2.0 * targetNanos);
        long pipe = (long) (bottleneck * pipeNanos / 1e9);
        window = Math.max(pipe, (long) (startup ? INITIAL_WINDOW_PACKETS : MIN_WINDOW_PACKETS) * packetBytes);
    }

    private double steadyGain() {
        if (loss.isCareful(rounds) && queueNanos < targetNanos) {
            return search.isProbing(rounds) ? MAX_GAIN : 1;
        }
        double base = Math.max(1, baseRttNanos);
        double gain = queueNanos < targetNanos / 4
                ? 1 + targetNanos / base
                : 1 + CORRECTION * (targetNanos - queueNanos) / base;
        return Math.max(MIN_GAIN, Math.min(MAX_GAIN, gain));
    }

    @Override
    public boolean expect(long nowNanos, long bytesPerSecond) {
        if (expected == bytesPerSecond) {
            return false;
        }
        long before = expected;
        expected = bytesPerSecond;
        boolean resumes = false;
        if (capacity.onYardstick(rounds, bytesPerSecond)) {
            lastRoundCapacity = 0;
            roundCapacity = 0;
            search.forgetCapacity();
        } else if (stopped && bytesPerSecond > RETURN_RATIO * before) {
            resume();
            resumes = true;
        }
        decide(nowNanos);
        return resumes;
    }

    /** Feedback had ended, and the capacity is expected back, or feedback is: nothing need be looked for. */
    private void resume() {
        stopped = false;
        search.end();
        capacity.restart(rounds, CapacityFilter.UNIT);
    }

    @Override
    public void onLoss(long nowNanos, long lostBytes) {
        loss.onLoss(lostBytes);
        competition.onLoss(nowNanos);
    }

    @Override
    public void onFeedbackEnd() {
        stopped = true;
        competition.onFeedbackEnd();
        search.restart();
        capacity.clear();
        lastRoundCapacity = 0;
        window = (long) INITIAL_WINDOW_PACKETS * packetBytes;
        rate = perSecond(window, Math.max(baseRttNanos, 1));
    }

    @Override
    public long windowBytes() {
        if (stopped) {
            return packetBytes;
        }
        return competition.decides() ? competition.windowBytes() : window;
    }

    @Override
    public long rateBytesPerSecond() {
        if (stopped) {
            return perSecond(packetBytes, Math.max(baseRttNanos, 1));
        }
        return competition.decides() ? competition.rateBytesPerSecond() : rate;
    }

    @Override
    public long capacityBytesPerSecond() {
        return capacity.bytesPerSecond();
    }

    /** Returns whether a rival keeps the queue full, so that the window is TCP's. */
    boolean isCompeting() {
        return competition.isCompeting();
    }

    private static long perSecond(long bytes, long nanos) {
        return (long) (bytes * 1e9 / nanos);
    }
}
