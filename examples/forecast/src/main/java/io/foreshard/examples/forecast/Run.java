package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntConsumer;

/**
 * One forecaster on one series, sample by sample as in operation: at each origin it forecasts the window that follows, of which it
 * has seen nothing; at each step of the newer part it forecasts the next one; at the end, the future.
 */
final class Run {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Forecaster forecaster;
    private final Track windows;
    private final Track nextSteps;
    private final Forecast future;
    private final long cpuNanos;

    private Run(Forecaster forecaster, Track windows, Track nextSteps, Forecast future, long cpuNanos) {
        this.forecaster = forecaster;
        this.windows = windows;
        this.nextSteps = nextSteps;
        this.future = future;
        this.cpuNanos = cpuNanos;
    }

    static Run of(Contestant contestant, double[] samples, Question question, Plan plan, IntConsumer progress) {
        long begin = THREADS.getCurrentThreadCpuTime();
        Forecaster forecaster = contestant.make().get();
        double[] levels = question.levels();
        Track windows = new Track(plan.windows() * question.horizonSteps(), levels);
        Track nextSteps = new Track(samples.length - plan.nextStepsFrom(), levels);
        for (int index = 0; index < samples.length; index++) {
            if (plan.isOrigin(index)) {
                addWindow(windows, samples, index, forecaster.forecast(question.horizonSteps()));
            }
            if (index >= plan.nextStepsFrom()) {
                nextSteps.add(index, samples[index], forecaster.forecast(1), 1);
            }
            forecaster.update(samples[index]);
            progress.accept(index + 1);
        }
        Forecast future = forecaster.forecast(question.horizonSteps());
        return new Run(forecaster, windows, nextSteps, future, THREADS.getCurrentThreadCpuTime() - begin);
    }

    private static void addWindow(Track windows, double[] samples, int origin, Forecast forecast) {
        for (int step = 1; step <= forecast.horizonSteps(); step++) {
            windows.add(origin + step - 1, samples[origin + step - 1], forecast, step);
        }
    }

    /** The forecaster, which stands at the end of the series. */
    Forecaster forecaster() {
        return forecaster;
    }

    /** The windows after the origins, one after the other. */
    Track windows() {
        return windows;
    }

    /** Each step of the newer part, forecast right before it. */
    Track nextSteps() {
        return nextSteps;
    }

    /** What comes after the last sample. */
    Forecast future() {
        return future;
    }

    /** CPU time of the thread, for all of it. */
    double cpuMillis() {
        return cpuNanos / 1e6;
    }
}
