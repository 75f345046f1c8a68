package io.foreshard.stackvirt.traffic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is expected of the messages of one key, slot by slot. Of a pause, the first slots are looked at one by one and the others passed over, so that the end of a long one costs no more. */
final class KeyForecast {

    private static final long MOST_COUNTED = 64;
    private static final long MOST_WATCHED = 1024;

    private final CountLevel level = new CountLevel();
    private final QuantileTracker next = new QuantileTracker(1);
    private final QuantileTracker later = new QuantileTracker(BurstWatch.REACH);
    private final BurstWatch bursts = new BurstWatch();
    private final PauseTimes pauses = new PauseTimes();
    private @Nullable FedForecast fed;
    private @Nullable TaskSeries @Nullable [] tasks;
    private long pause;

    /** Takes a slot in which messages came. */
    void busy(long slot, long count) {
        if (pause > 0) {
            pauses.ended(pause);
            pause = 0;
        }
        step((double) count, 1);
        tasks(slot, (double) count);
    }

    /** Takes slots without messages; of the tasks that were counted, all are of the first. */
    void quiet(long slot, long slots) {
        long from = pause;
        pause += slots;
        for (long at = from; at < Math.min(pause, MOST_COUNTED); at++) {
            step(0, 0);
        }
        for (long at = slot; at < slot + Math.min(slots, MOST_COUNTED); at++) {
            tasks(at, 0);
        }
        for (long at = Math.max(from, MOST_COUNTED); at < Math.min(pause, MOST_WATCHED); at++) {
            bursts.slot(0);
            feed(0, 0);
        }
        long passed = pause - Math.max(from, MOST_WATCHED);
        if (passed > 0) {
            bursts.pass(passed);
        }
    }

    /** Counts auxiliary tasks of this slot. */
    void task(AuxiliaryTask task, long count) {
        if (tasks == null) {
            tasks = new TaskSeries[AuxiliaryTask.values().length];
        }
        TaskSeries of = tasks[task.ordinal()];
        if (of == null) {
            of = new TaskSeries(task, 1);
            tasks[task.ordinal()] = of;
        }
        of.count(count);
    }

    private void tasks(long slot, double count) {
        if (tasks != null) {
            for (TaskSeries each : tasks) {
                if (each != null) {
                    each.slot(slot, count, expected());
                }
            }
        }
    }

    private void step(double count, int regime) {
        boolean isBurst = bursts.slot(count);
        level.slot(count);
        int of = isBurst ? 2 : regime;
        next.slot(count, level.center(), level.spread(), of);
        later.slot(count, level.center(), level.spread(), of);
        feed(count, of);
    }

    private void feed(double count, int regime) {
        if (fed != null) {
            fed.slot(count, next.cost(), regime);
        }
    }

    /** Sets whose forecast is weighed against our own; null for nobody's. */
    void feed(@Nullable ForecastFeed from) {
        fed = from == null ? null : new FedForecast(from);
    }

    double expected() {
        return fed != null && fed.isPreferred() ? fed.expected() : level.center();
    }

    long bursts() {
        return bursts.bursts();
    }

    KeyOutlook outlook() {
        List<TaskOutlook> work = new ArrayList<>();
        if (tasks != null) {
            for (TaskSeries each : tasks) {
                if (each != null) {
                    work.add(each.outlook(Double.NaN));
                }
            }
        }
        FedForecast preferred = fed != null && fed.isPreferred() ? fed : null;
        return new KeyOutlook(
                expected(),
                preferred == null ? next.quantiles() : preferred.next(),
                preferred == null ? later.quantiles() : preferred.later(),
                preferred != null,
                bursts.probability(),
                bursts.said(),
                bursts.came(),
                pauses.quantiles(pause),
                work);
    }
}
