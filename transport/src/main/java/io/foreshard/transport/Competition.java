package io.foreshard.transport;

import io.foreshard.runtime.WindowedMax;

/**
 * Finds out whether somebody else keeps the bottleneck's queue full, as loss-based TCP does, and then holds our own beside them: who
 * keeps to a short queue starves there.
 *
 * <p>Idea (Arun and Balakrishnan, Copa, NSDI 2018, section 4; Goyal et al., Nimbus, SIGCOMM 2022): only our own queue obeys us. A
 * suspicious queue ({@link QueueWatch}) is <em>checked</em>: at most half of what the path alone would hold stays in flight. If even
 * then no packet finds the queue short, and it holds more than a few packets, it is not ours. From then on we <em>compete</em>: the
 * window is TCP's ({@link CubicWindow}), from a start that doubles until three tenths of the round trip are our queue. Every few
 * seconds half of the window is held back (a <em>test</em>): as much of the round trip vanishes as our share of the queue is. When
 * that is nearly all, the rivals have left or are of our kind.
 *
 * <p>Competitors of our kind must not take each other for TCP for ever: a dip of the round trip without loss is somebody's test, and
 * we join it, so that whoever began it sees the queue of us all shrink, and leaves. TCP does not join.
 *
 * <p>What does not look like a rival: noise of a busy machine (one short round trip is enough), a capacity that fell (its queue
 * shrinks, and is gone in the check), one or two other flows of our kind (they keep the queue short), random loss, policers (no
 * queue). Confined to one event loop.
 */
final class Competition {

    /** Fewer than these a TCP flow cannot starve us with, but a few of our own kind may hold them on a slow path. */
    private static final int FEW_PACKETS = 32;

    private static final long MIN_TARGET_NANOS = 5_000_000L;
    private static final int LONG_QUEUE_TARGETS = 4;
    private static final long BASE_SEARCH_NANOS = 6_000_000_000L;
    private static final int STARVED = 8;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long RATE_MEMORY_NANOS = 20_000_000_000L;
    private static final long BASE_MEMORY_NANOS = 10_000_000_000L;
    private static final long TEST_PERIOD_NANOS = 5_000_000_000L;
    private static final long FIRST_TEST_NANOS = 2_000_000_000L;
    private static final long JOIN_PERIOD_NANOS = 500_000_000L;
    private static final int CHECK_ROUNDS = 1;
    /** Others see our test after one round trip, and we see that they have joined after another. */
    private static final int TEST_ROUNDS = 3;

    private static final double HELD_BACK = 0.5;
    private static final double DIP = 0.88;
    private static final double ALONE = 0.85;
    private static final double FAIR_START = 0.3;
    private static final double SMALL_SHARE = 0.2;
    private static final int RAMPS = 3;
    private static final int EARLY_TESTS = 3;
    private static final double PACE = 1.2;

    private enum Phase {
        CALM,
        CHECKING,
        COMPETING,
        TESTING
    }

    private final int packetBytes;
    private final CubicWindow cubic = new CubicWindow();
    private final DrainTest test = new DrainTest();
    private final QueueWatch watch = new QueueWatch();
    private final WindowedMax bestRate = new WindowedMax(RATE_MEMORY_NANOS);
    private Phase phase = Phase.CALM;
    private long recentRate;
    private long smoothedRttNanos;
    private long roundRttNanos = Long.MAX_VALUE;
    private long lastRoundRttNanos = Long.MAX_VALUE;
    private long heldBaseNanos;
    private long leftNanos = NEVER;
    private long nextTestNanos;
    private long heldBackNanos;
    private long referenceRttNanos;
    private long referenceBytes;
    private int tests;
    private int rampsLeft;
    private long aloneRttNanos;

    Competition(int packetBytes) {
        this.packetBytes = packetBytes;
    }

    /**
     * Returns the round trip without a queue. While others let nobody see it, and a while longer, it is what it was before.
     *
     * @param estimateNanos the shortest of the last seconds
     */
    long baseNanos(long nowNanos, long estimateNanos) {
        return isCompeting() || hasJustLeft(nowNanos) ? Math.min(heldBaseNanos, estimateNanos) : estimateNanos;
    }

    private boolean hasJustLeft(long nowNanos) {
        return leftNanos != NEVER && nowNanos - leftNanos < BASE_MEMORY_NANOS;
    }

    /** Returns the best delivery rate of the last 20 s, in bytes per second; 0 when none is known. */
    long bestRateBytesPerSecond() {
        return bestRate.isEmpty() ? 0 : bestRate.get();
    }

    boolean isCompeting() {
        return phase == Phase.COMPETING || phase == Phase.TESTING;
    }

    /** Returns whether window and pace are this one's to decide. */
    boolean decides() {
        return phase != Phase.CALM;
    }

    long windowBytes() {
        return phase == Phase.COMPETING ? Math.max(cubic.bytes(), 2L * packetBytes) : test.windowBytes();
    }

    long rateBytesPerSecond() {
        long window = isCompeting() ? cubic.bytes() : test.windowBytes();
        return (long) (PACE * Math.max(window, 2L * packetBytes) * 1e9 / Math.max(1, smoothedRttNanos));
    }

    /**
     * Takes an acknowledgement.
     *
     * @param baseNanos the round trip without a queue
     * @param targetNanos the queue that the delay-based rate aims at, at the best rate known
     */
    void onAck(RateSample sample, long baseNanos, long targetNanos) {
        smoothedRttNanos = sample.smoothedRttNanos;
        if (sample.deliveryRateBytesPerSecond > 0) {
            recentRate = Math.max(recentRate, sample.deliveryRateBytesPerSecond);
            bestRate.update(sample.nowNanos, sample.deliveryRateBytesPerSecond);
        }
        if (sample.rttNanos > 0) {
            roundRttNanos = Math.min(roundRttNanos, sample.rttNanos);
        }
        switch (phase) {
            case CALM -> watch(sample, baseNanos, targetNanos);
            case CHECKING -> check(sample, baseNanos);
            case COMPETING -> compete(sample);
            case TESTING -> test(sample, baseNanos, targetNanos);
        }
        if (sample.roundEnded) {
            // A round without a sample, or with a poor one, does not mean that we starve.
            recentRate -= recentRate / 4;
            lastRoundRttNanos = roundRttNanos;
            roundRttNanos = Long.MAX_VALUE;
        }
    }

    /**
     * Returns the queue that several delay-based senders of our kind do not make together while they find their shares; a short one
     * when we have been starved to less than any of them would leave us.
     */
    private long longQueueNanos(long baseNanos) {
        return (isStarved() ? 1 : LONG_QUEUE_TARGETS) * leastTargetNanos(baseNanos);
    }

    private static long leastTargetNanos(long baseNanos) {
        return Math.max(MIN_TARGET_NANOS, baseNanos / 8);
    }

    private boolean isStarved() {
        return recentRate < bestRateBytesPerSecond() / STARVED;
    }

    /**
     * Who has just left the others' company waits until each of them has had a test, too. Who starves beside a short queue waits until
     * others of our kind have looked for the base that they could not see when they came.
     */
    private long leastPatienceNanos(long nowNanos, long queueNanos, long baseNanos) {
        if (isStarved()) {
            boolean isLong = queueNanos > LONG_QUEUE_TARGETS * leastTargetNanos(baseNanos);
            return isLong ? FIRST_TEST_NANOS : BASE_SEARCH_NANOS;
        }
        return hasJustLeft(nowNanos) ? TEST_PERIOD_NANOS : 0;
    }

    private void watch(RateSample sample, long baseNanos, long targetNanos) {
        if (sample.rttNanos <= 0) {
            return;
        }
        long queue = sample.rttNanos - baseNanos;
        boolean suspicious = watch.onRtt(
                sample,
                queue,
                targetNanos,
                longQueueNanos(baseNanos),
                leastPatienceNanos(sample.nowNanos, queue, baseNanos));
        boolean busy = sample.inFlightBytes + sample.ackedBytes >= 2L * packetBytes;
        if (suspicious && busy) {
            phase = Phase.CHECKING;
            double alone = (double) recentRate * baseNanos / 1e9;
            hold(sample, Math.max(packetBytes, (long) (HELD_BACK * alone)), CHECK_ROUNDS);
        }
    }

    private void hold(RateSample sample, long windowBytes, int rounds) {
        heldBackNanos = sample.nowNanos;
        referenceRttNanos = roundRttNanos == Long.MAX_VALUE ? sample.smoothedRttNanos : roundRttNanos;
        referenceBytes = sample.inFlightBytes + sample.ackedBytes;
        test.begin(windowBytes, rounds);
    }

    private void check(RateSample sample, long baseNanos) {
        if (!test.onAck(sample)) {
            return;
        }
        boolean ours = test.shortestRttNanos() - baseNanos <= longQueueNanos(baseNanos);
        if (ours || othersBytes() < (double) FEW_PACKETS * packetBytes) {
            if (!ours) {
                watch.backOff();
            }
            calm(sample.nowNanos);
        } else {
            enter(sample.nowNanos, baseNanos);
        }
    }

    /** Returns what others have in flight: what we held back has shortened the round trip by its time on the bottleneck. */
    private double othersBytes() {
        double heldBytes = referenceBytes - test.windowBytes();
        double vanishedNanos = referenceRttNanos - test.shortestRttNanos();
        return vanishedNanos <= 0
                ? Double.MAX_VALUE
                : heldBytes / vanishedNanos * test.shortestRttNanos() - test.windowBytes();
    }

    private void calm(long nowNanos) {
        phase = Phase.CALM;
        watch.restart(nowNanos);
    }

    private void enter(long nowNanos, long baseNanos) {
        phase = Phase.COMPETING;
        watch.onRival();
        heldBaseNanos = baseNanos;
        tests = 0;
        nextTestNanos = nowNanos + FIRST_TEST_NANOS;
        rampFrom(test.shortestRttNanos());
        double half = bestRateBytesPerSecond() / 2e9;
        cubic.start(nowNanos, (long) (half * smoothedRttNanos));
    }

    private void compete(RateSample sample) {
        boolean limited = (sample.inFlightBytes + sample.ackedBytes) * 4 >= cubic.bytes() * 3;
        if (rampsLeft > 0) {
            ramp(sample);
        } else if (limited) {
            cubic.onAck(sample.nowNanos, smoothedRttNanos, sample.ackedBytes);
            boolean steady = sample.nowNanos - cubic.recoveredNanos() > 2 * smoothedRttNanos;
            if (sample.roundEnded && steady) {
                testWhenDue(sample);
            }
        }
    }

    private void rampFrom(long rttWithoutUsNanos) {
        rampsLeft = RAMPS;
        aloneRttNanos = rttWithoutUsNanos;
    }

    /** Doubles per round trip until enough of the round trip is our queue, or the queue has overflowed a few times. */
    private void ramp(RateSample sample) {
        if (sample.rttNanos - aloneRttNanos > FAIR_START * sample.rttNanos) {
            rampsLeft = 0;
        } else if (sample.nowNanos - cubic.recoveredNanos() >= 0) {
            cubic.start(sample.nowNanos, cubic.bytes() + sample.ackedBytes);
        }
    }

    private void testWhenDue(RateSample sample) {
        boolean due = sample.nowNanos - nextTestNanos >= 0;
        boolean dip = sample.nowNanos - heldBackNanos > JOIN_PERIOD_NANOS && roundRttNanos < DIP * lastRoundRttNanos;
        if (due) {
            nextTestNanos = sample.nowNanos + TEST_PERIOD_NANOS;
        }
        if (due || dip) {
            phase = Phase.TESTING;
            hold(sample, Math.max(2L * packetBytes, (long) (HELD_BACK * sample.inFlightBytes)), TEST_ROUNDS);
        }
    }

    private void test(RateSample sample, long baseNanos, long targetNanos) {
        if (!test.onAck(sample)) {
            return;
        }
        heldBackNanos = sample.nowNanos;
        phase = Phase.COMPETING;
        double held = 1 - (double) test.windowBytes() / Math.max(1, referenceBytes);
        double vanished = 1 - (double) test.shortestRttNanos() / referenceRttNanos;
        boolean empty = test.shortestRttNanos() - baseNanos <= targetNanos / 2;
        if (empty || (held > 0 && vanished >= ALONE * held)) {
            leftNanos = sample.nowNanos;
            calm(sample.nowNanos);
        } else if (held > 0 && vanished < SMALL_SHARE * held && tests++ < EARLY_TESTS) {
            rampFrom((long) (referenceRttNanos * (1 - Math.max(0, vanished) / held)));
        }
    }

    /** Takes a loss: yields as TCP does. */
    void onLoss(long nowNanos) {
        if (phase != Phase.COMPETING || nowNanos - cubic.recoveredNanos() < 0) {
            return;
        }
        cubic.onLoss(nowNanos, smoothedRttNanos);
        if (rampsLeft > 0) {
            rampsLeft--;
            // The others have lost, too, and yield by as much.
            aloneRttNanos = Math.max(heldBaseNanos, (long) (aloneRttNanos * CubicWindow.BETA));
        }
    }

    void onFeedbackEnd() {
        phase = Phase.CALM;
        watch.forget();
        bestRate.reset();
        leftNanos = NEVER;
    }
}
