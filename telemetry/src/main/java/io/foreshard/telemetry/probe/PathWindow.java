package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.Freshness;
import io.foreshard.telemetry.PathProfile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest outcomes of the probes of one path. Written on one event loop; what it knows is published after each outcome and may be
 * read on any thread. A sample is the newest round trip as it was: a median of several would be late by intervals that a control loop
 * does not know of. All rests on answers: an interval after the newest, or a round trip if that is longer, confidence starts to fall, and
 * after three of them nothing is known.
 */
final class PathWindow {

    static final int LENGTH = 64;

    private static final int JITTER_SHARE = 16;
    private static final long LOST = -1;

    private final long intervalNanos;
    private final long[] outcomes = new long[LENGTH];
    private final boolean lossKnown;
    private int size;
    private int next;
    private long jitterNanos;
    private long newestNanos;
    private long answeredNanos;
    private volatile @Nullable View view;

    /** What was known when the newest outcome came; the profile's age is meaningless. */
    private record View(long latencyNanos, PathProfile profile, long answeredNanos, Freshness freshness) {}

    PathWindow(long intervalNanos, boolean lossKnown) {
        this.intervalNanos = intervalNanos;
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
        if (ageNanos >= known.freshness.lifeNanos()) {
            return null;
        }
        int answers = known.profile.samples();
        double confidence = known.freshness.confidence(answers / (answers + 1.0), ageNanos);
        return new PathSample(known.latencyNanos, Double.NaN, known.profile.lossRatio(), ageNanos, confidence);
    }

    @Nullable
    PathProfile profile(long nowNanos) {
        View known = view;
        if (known == null) {
            return null;
        }
        long ageNanos = Math.max(0, nowNanos - known.answeredNanos);
        if (ageNanos >= known.freshness.lifeNanos()) {
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
        long[] answers = sortedAnswers();
        if (answers.length == 0) {
            view = null;
            return;
        }
        PathProfile profile = new PathProfile(
                answers[0],
                rank(answers, 50),
                rank(answers, 99),
                jitterNanos,
                lossKnown ? 1 - (double) answers.length / size : Double.NaN,
                answers.length,
                0);
        // Where a round trip takes longer than the interval, the next answer may be as long in coming.
        Freshness freshness = new Freshness(Math.max(intervalNanos, newestNanos));
        view = new View(newestNanos, profile, answeredNanos, freshness);
    }

    private long[] sortedAnswers() {
        return Arrays.stream(outcomes, 0, size)
                .filter(outcome -> outcome != LOST)
                .sorted()
                .toArray();
    }

    private static long rank(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
