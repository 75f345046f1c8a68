package io.foreshard.flowshaper.control;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.runtime.ForecastScore;
import io.foreshard.runtime.SkillGate;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What will be left for us of a bottleneck's capacity, forecast in fixed steps on an executor, and handed out only while the gate lets
 * forecasts decide. Belongs to the thread of the control step, except for {@link #look}.
 */
final class CapacityForecast {

    private static final int AHEAD_STEPS = 16;
    private static final double SCORE_MEMORY_STEPS = 200;
    private static final long MOST_SKIPPED_STEPS = 1024;
    private static final int MOST_SETTLING_STEPS = 50;
    private static final double NOTABLE_SHARE = 0.8;

    private final Forecaster forecaster;
    private final Executor executor;
    private final SkillGate gate;
    private final long stepNanos;
    private final ForecastScore score = new ForecastScore(AHEAD_STEPS, SCORE_MEMORY_STEPS);
    private volatile Outlook outlook = Outlook.NONE;
    private volatile boolean running;
    private final AtomicLong failures = new AtomicLong();
    private long stepEndsNanos;
    private boolean started;
    private double sum;
    private double count;
    private double costSum;
    private double costCount;

    /** What is expected after a time; the array is never changed. */
    private static final class Outlook {

        static final Outlook NONE = new Outlook(0, new double[0], Double.NaN, 0);

        final long madeNanos;
        final double[] expected;
        final double scaledError;
        final long scored;

        Outlook(long madeNanos, double[] expected, double scaledError, long scored) {
            this.madeNanos = madeNanos;
            this.expected = expected;
            this.scaledError = scaledError;
            this.scored = scored;
        }
    }

    CapacityForecast(Forecaster forecaster, Executor executor, SkillGate gate, long stepNanos) {
        this.forecaster = forecaster;
        this.executor = executor;
        this.gate = gate;
        this.stepNanos = stepNanos;
    }

    SkillGate gate() {
        return gate;
    }

    long failures() {
        return failures.get();
    }

    boolean isActive() {
        return gate.isPredictive();
    }

    /**
     * Takes a control step.
     *
     * @param available capacity left for us, bytes per second, NaN where nothing is seen of it
     * @param costNanos what the law has cost in this step, above 0
     * @param wanted bytes per second that would be let through without a forecast
     */
    void onControlStep(long nowNanos, double available, double costNanos, double wanted, double loopNanos) {
        if (!started
                || nowNanos - stepEndsNanos > MOST_SKIPPED_STEPS * stepNanos
                || stepEndsNanos - nowNanos > stepNanos) {
            started = true;
            stepEndsNanos = nowNanos + stepNanos;
        }
        if (available >= 0) {
            sum += available;
            count++;
        }
        if (costNanos > 0) {
            costSum += costNanos;
            costCount++;
        }
        if (nowNanos >= stepEndsNanos) {
            endStep(nowNanos, wanted, loopNanos);
        }
    }

    private void endStep(long nowNanos, double wanted, double loopNanos) {
        long skipped = (nowNanos - stepEndsNanos) / stepNanos;
        stepEndsNanos += (skipped + 1) * stepNanos;
        if (costCount > 0) {
            gate.score(gate.slot(), costSum / costCount);
        }
        Outlook newest = outlook;
        boolean fresh = isFresh(newest, nowNanos);
        int settling = (int) Math.min(MOST_SETTLING_STEPS, 2 + 2 * loopNanos / stepNanos);
        boolean tells = fresh && at(newest, nowNanos, loopNanos) < NOTABLE_SHARE * wanted;
        gate.step(nowNanos, fresh ? newest.scaledError : Double.NaN, newest.scored, tells, settling);
        submit(nowNanos, count > 0 ? sum / count : Double.NaN, skipped);
        sum = 0;
        count = 0;
        costSum = 0;
        costCount = 0;
    }

    private void submit(long nowNanos, double sample, long skipped) {
        if (running) {
            return;
        }
        running = true;
        try {
            executor.execute(() -> look(nowNanos, sample, skipped));
        } catch (RuntimeException refused) {
            failures.incrementAndGet();
            running = false;
        }
    }

    /** Runs on the executor, once at a time. */
    private void look(long nowNanos, double sample, long skipped) {
        try {
            for (long i = 0; i < skipped; i++) {
                forecaster.update(Double.NaN);
                score.observe(Double.NaN);
            }
            forecaster.update(sample);
            score.observe(sample);
            double[] expected = means(forecaster.forecast(AHEAD_STEPS));
            score.expect(expected);
            outlook = new Outlook(nowNanos, expected, score.value(), score.scored());
        } catch (RuntimeException fault) {
            failures.incrementAndGet();
            outlook = Outlook.NONE;
        } finally {
            running = false;
        }
    }

    private static double[] means(Forecast forecast) {
        double[] means = new double[AHEAD_STEPS];
        for (int i = 0; i < AHEAD_STEPS; i++) {
            means[i] = forecast.mean(i + 1);
        }
        return means;
    }

    /** Returns what is expected one loop delay ahead in bytes per second, NaN where forecasts do not decide. */
    double expected(long nowNanos, double loopNanos) {
        Outlook newest = outlook;
        if (!gate.isPredictive() || !isFresh(newest, nowNanos)) {
            return Double.NaN;
        }
        double value = at(newest, nowNanos, loopNanos);
        return value >= 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
    }

    private boolean isFresh(Outlook newest, long nowNanos) {
        long age = nowNanos - newest.madeNanos;
        return newest.expected.length > 0 && age >= 0 && age / stepNanos < AHEAD_STEPS / 2;
    }

    private double at(Outlook newest, long nowNanos, double loopNanos) {
        double steps = (nowNanos - newest.madeNanos + loopNanos) / stepNanos;
        return newest.expected[(int) Math.min(AHEAD_STEPS - 1, steps)];
    }
}
