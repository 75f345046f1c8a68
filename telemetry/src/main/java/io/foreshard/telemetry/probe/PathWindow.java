package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.Freshness;
import io.foreshard.telemetry.PathProfile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest outcomes of the probes of one path. Written on one event loop; what it knows is published after each outcome and may be
 * read on any thread. It rests on answers: an interval after the newest its confidence
 * starts to fall, and after three intervals nothing is known.
 */
final class PathWindow {

    static final int LENGTH = 64;

    /** One delayed answer of three neighbours does not move their median. */
    private static final int LATENCY_ANSWERS = 5;

    private static final int JITTER_SHARE = 16;
    private static final long LOST = -1;

    private final Freshness freshness;
    private final long[] outcomes = new long[LENGTH];
    private final boolean lossKnown;
    private int size;
    private int next;
    private long jitterNanos;
    private long newestNanos;
    private long answeredNanos;
    private volatile @Nullable View view;

    /** What was known when the newest outcome came; the profile's age is meaningless. */
    private record View(long latencyNanos, PathProfile profile, long answeredNanos) {}

    PathWindow(long intervalNanos, boolean lossKnown) {
        freshness = new Freshness(intervalNanos);
        this.lossKnown = lossKnown;
    }

    void onRoundTrip(long roundTripNanos, long atNanos) {
        if (view != null) {
            jitterNanos += (Math.abs(roundTripNanos - newestNanos) - jitterNanos) / JITTER_SHARE;
        }
        newestNanos = roundTripNanos;
        answeredNanos = atNanos;
        add(roundTripNanos);
        publish();
    }

    void onLost() {
        add(LOST);
        if (view != null) {
            publish();
        }
    }

    @Nullable
    PathSample sample(long nowNanos) {
        View known = view;
        if (known == null) {
            return null;
        }
        long ageNanos = Math.max(0, nowNanos - known.answeredNanos);
        if (ageNanos >= freshness.lifeNanos()) {
            return null;
        }
        int answers = known.profile.samples();
        double confidence = freshness.confidence(answers / (answers + 1.0), ageNanos);
        return new PathSample(known.latencyNanos, Double.NaN, known.profile.lossRatio(), ageNanos, confidence);
    }

    @Nullable
    PathProfile profile(long nowNanos) {
        View known = view;
        if (known == null) {
            return null;
        }
        long ageNanos = Math.max(0, nowNanos - known.answeredNanos);
        if (ageNanos >= freshness.lifeNanos()) {
            return null;
        }
        PathProfile then = known.profile;
        return new PathProfile(
                then.minNanos(),
                then.p50Nanos(),
                then.p99Nanos(),
                then.jitterNanos(),
                then.lossRatio(),
                then.samples(),
                ageNanos);
    }

    private void add(long outcome) {
        outcomes[next] = outcome;
        next = (next + 1) % LENGTH;
        size = Math.min(LENGTH, size + 1);
    }

    private void publish() {
        long[] answers = answersInOrder();
        if (answers.length == 0) {
            view = null;
            return;
        }
        long[] recent = Arrays.copyOfRange(answers, Math.max(0, answers.length - LATENCY_ANSWERS), answers.length);
        Arrays.sort(recent);
        Arrays.sort(answers);
        PathProfile profile = new PathProfile(
                answers[0],
                rank(answers, 50),
                rank(answers, 99),
                jitterNanos,
                lossKnown ? 1 - (double) answers.length / size : Double.NaN,
                answers.length,
                0);
        view = new View(rank(recent, 50), profile, answeredNanos);
    }

    private long[] answersInOrder() {
        long[] answers = new long[size];
        int count = 0;
        for (int back = size; back >= 1; back--) {
            long outcome = outcomes[Math.floorMod(next - back, LENGTH)];
            if (outcome != LOST) {
                answers[count++] = outcome;
            }
        }
        return Arrays.copyOf(answers, count);
    }

    private static long rank(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
