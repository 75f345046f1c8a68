package io.foreshard.stackvirt.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The auxiliary tasks of one kind of stack, and which share of its stacks they occupy: tasks a second times the time that one takes, which is that of a message if nothing
 * else is set (Little, A proof for the queuing formula L = λW, 1961). One thread at a time.
 */
final class AuxiliaryWork {

    private static final int MOST_PLACES = 1 << 20;
    private static final double WEIGHT = 0.01;

    private final Map<AuxiliaryTask, Double> seconds;
    private final @Nullable TaskSeries[] series = new TaskSeries[AuxiliaryTask.values().length];
    private final CountLevel messages = new CountLevel();
    private double usualMessages;
    private double usualInFlight;

    /**
     * Makes one without tasks.
     *
     * @param seconds how long a task occupies a place; those left out take as long as a message
     */
    AuxiliaryWork(Map<AuxiliaryTask, Double> seconds) {
        this.seconds = seconds;
    }

    void count(AuxiliaryTask task, long count) {
        TaskSeries of = series[task.ordinal()];
        if (of == null) {
            of = new TaskSeries(task, TaskSeries.MOST_CLOCKS);
            series[task.ordinal()] = of;
        }
        of.count(count);
    }

    /** Ends a slot with so many messages, and so many at a time on average. */
    void slot(long slot, double count, double inFlight) {
        messages.slot(count);
        usualMessages += WEIGHT * (count - usualMessages);
        usualInFlight += WEIGHT * (inFlight - usualInFlight);
        for (TaskSeries each : series) {
            if (each != null) {
                each.slot(slot, count, messages.center());
            }
        }
    }

    private double seconds(int task) {
        double ofMessages = usualMessages > 0 ? usualInFlight / usualMessages : 0;
        return seconds.getOrDefault(AuxiliaryTask.values()[task], ofMessages);
    }

    /** Returns how many messages at a time the tasks of the last slot were worth. */
    int seen() {
        double places = 0;
        for (int task = 0; task < series.length; task++) {
            TaskSeries each = series[task];
            places += each == null ? 0 : each.seen() * seconds(task);
        }
        return whole(places);
    }

    /** Returns the same of those that are expected in the coming slot. */
    int expected() {
        double places = 0;
        for (int task = 0; task < series.length; task++) {
            TaskSeries each = series[task];
            places += each == null ? 0 : each.expected() * seconds(task);
        }
        return whole(places);
    }

    /** Less than half a message at a time is none: a sign of life now and then keeps no stack. */
    private static int whole(double places) {
        return (int) Math.rint(Math.min(MOST_PLACES, places));
    }

    List<TaskOutlook> outlook() {
        List<TaskOutlook> all = new ArrayList<>();
        for (int task = 0; task < series.length; task++) {
            TaskSeries each = series[task];
            if (each != null) {
                all.add(each.outlook(seconds(task)));
            }
        }
        return all;
    }
}
