package io.foreshard.stackvirt.traffic;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Reason;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a forecaster with a number of each slot, such as the most messages at a time, and holds its newest answer. The forecaster is called by one task of the executor at a time; whoever ticks
 * never waits for it. What comes late is used as long as it reaches into the future; after a failure the forecaster rests, first for a minute, at last for an hour.
 * Slots meanwhile are remembered, the first 4096 with their values and as many more as missing samples. One thread at a time.
 */
public final class ForecastFeed {

    private static final int MOST_PENDING = 4096;
    /** How many slots old an answer may be. */
    private static final int MOST_AGE = 2;

    private static final long FIRST_REST = 60;
    private static final long LONGEST_REST = 3600;
    private static final long NEVER = Long.MIN_VALUE;

    private final Forecaster forecaster;
    private final Executor executor;
    private final EngineObserver observer;
    private final AtomicReference<@Nullable Answer> arrived = new AtomicReference<>();
    private double[] pending = new double[16];
    private int count;
    private int lost;
    private boolean isAsked;
    private long newestSlot = NEVER;
    private long restsUntil = NEVER;
    private long rest = FIRST_REST;
    private @Nullable Answer answer;

    /**
     * What a task brought.
     *
     * @param slot the newest that the forecaster knew
     * @param tail empty if it failed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Answer(long slot, DemandTail @Nullable [] tail) {}

    /**
     * Makes one without samples.
     *
     * @param forecaster of this series alone
     * @param executor runs it; what it refuses counts as a failure
     * @param observer is told of {@link ForecastReason}, by the thread that ticks
     */
    public ForecastFeed(Forecaster forecaster, Executor executor, EngineObserver observer) {
        this.forecaster = forecaster;
        this.executor = executor;
        this.observer = observer;
    }

    /** Takes the newest slot, and asks for as many slots after it. */
    void slot(long slot, double sample, int steps) {
        remember(slot, sample);
        collect(slot);
        if (!isAsked && slot >= restsUntil) {
            ask(slot, steps + MOST_AGE);
            collect(slot);
        }
        if (isAsked && !isKnown()) {
            count(ForecastReason.FORECAST_LATE);
        }
    }

    private void remember(long slot, double sample) {
        long missing = newestSlot == NEVER ? 0 : Math.min(MOST_PENDING, slot - newestSlot - 1);
        for (long i = 0; i < missing; i++) {
            append(Double.NaN);
        }
        append(sample);
        newestSlot = slot;
    }

    private void append(double sample) {
        if (count == MOST_PENDING) {
            lost = Math.min(MOST_PENDING, lost + 1);
            return;
        }
        if (count == pending.length) {
            pending = Arrays.copyOf(pending, 2 * count);
        }
        pending[count++] = sample;
    }

    private void ask(long slot, int steps) {
        double[] samples = Arrays.copyOf(pending, count + lost);
        Arrays.fill(samples, count, samples.length, Double.NaN);
        count = 0;
        lost = 0;
        isAsked = true;
        try {
            executor.execute(() -> arrived.set(new Answer(slot, forecast(samples, steps))));
        } catch (RuntimeException refused) {
            arrived.set(new Answer(slot, null));
        }
    }

    private DemandTail @Nullable [] forecast(double[] samples, int steps) {
        try {
            for (double sample : samples) {
                forecaster.update(sample);
            }
            Forecast forecast = forecaster.forecast(steps);
            DemandTail[] tails = new DemandTail[steps];
            for (int step = 1; step <= steps; step++) {
                tails[step - 1] = DemandTail.of(forecast, step);
            }
            return tails;
        } catch (RuntimeException broken) {
            // A forecaster is somebody else's: what it throws costs its forecast and is counted.
            return null;
        }
    }

    private void collect(long slot) {
        Answer newest = arrived.getAndSet(null);
        if (newest == null) {
            return;
        }
        isAsked = false;
        if (newest.tail() == null) {
            count(ForecastReason.FORECAST_FAILED);
            restsUntil = slot + rest;
            rest = Math.min(LONGEST_REST, 2 * rest);
        } else {
            answer = newest;
            rest = FIRST_REST;
        }
    }

    private boolean isKnown() {
        return answer != null && newestSlot - answer.slot() <= MOST_AGE;
    }

    /** Returns the probability of more messages at a time than a number within the next slots, or NaN if there is no answer that is new enough. */
    double exceeds(double messages, int steps) {
        Answer known = answer;
        if (known == null || known.tail() == null || !isKnown()) {
            return Double.NaN;
        }
        int first = (int) (newestSlot - known.slot());
        double most = 0;
        for (int step = first; step < Math.min(first + steps, known.tail().length); step++) {
            most = Math.max(most, known.tail()[step].exceeds(messages));
        }
        return most;
    }

    /** Returns a quantile of the messages of a slot after the newest one, from 1; NaN if there is no answer that is new enough. */
    double quantile(double level, int step) {
        Answer known = answer;
        if (known == null || known.tail() == null || !isKnown()) {
            return Double.NaN;
        }
        int at = (int) (newestSlot - known.slot()) + step - 1;
        return at < known.tail().length ? known.tail()[at].quantile(level) : Double.NaN;
    }

    private void count(Reason reason) {
        try {
            observer.count(reason, 1);
        } catch (RuntimeException fault) {
            // Who observes was told in the observer's Javadoc that it changes nothing.
            return;
        }
    }
}
