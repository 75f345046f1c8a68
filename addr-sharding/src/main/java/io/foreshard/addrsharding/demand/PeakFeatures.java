package io.foreshard.addrsharding.demand;

import io.foreshard.coreapi.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * What the demand of a coming step may hang on, in the unit of the demand: what was lately, what was at the same time of earlier hours, days
 * and of the week before, what a forecaster says. Windows around the same time, as who starts VMs by a timetable is late now and then.
 * All stay when demand is shifted in time, and grow with it in proportion, but for the root, which is how chance grows.
 */
final class PeakFeatures {

    static final int COUNT = 12;
    /** Where the features of a forecaster are, which are 0 without one. */
    private static final int FORECAST_MEAN = 10;

    private static final int FORECAST_HIGH = 11;
    private static final double HIGH_LEVEL = 0.975;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int DAY_HOURS = 24;
    private static final int WEEK_DAYS = 7;

    private final int hour;
    private final int day;

    /** Steps longer than an hour have no hours: what belongs to these is about the last steps then. */
    PeakFeatures(long stepMillis) {
        hour = (int) Math.max(1, HOUR_MILLIS / stepMillis);
        day = (int) Math.max(1, DAY_HOURS * HOUR_MILLIS / stepMillis);
    }

    int day() {
        return day;
    }

    int week() {
        return WEEK_DAYS * day;
    }

    /**
     * Writes the features of a step.
     *
     * @param history what was, up to the newest sample
     * @param ahead which step, 1 for the one after the newest
     * @param forecast of the same series from the newest sample on, if there is a forecaster
     * @param into {@link #COUNT} values
     */
    void write(StepHistory history, int ahead, @Nullable Forecast forecast, double[] into) {
        long newest = history.count() - 1;
        long step = newest + ahead;
        double recent = history.mean(newest - hour + 1, newest);
        into[0] = recent;
        into[1] = history.at(newest);
        into[2] = history.max(newest - 6L * hour + 1, newest);
        into[3] = aroundMax(history, step, day, 4, 1);
        into[4] = aroundMean(history, step, day, WEEK_DAYS, 3);
        into[5] = aroundMax(history, step, hour, 3, 1);
        into[6] = aroundMean(history, step, hour, DAY_HOURS, 0);
        into[7] = aroundMax(history, step, hour, DAY_HOURS / 2, 0);
        into[8] = history.max(step - week() - 1, step - week() + 1);
        into[9] = Math.sqrt(recent);
        double most = 2 * Math.max(1, history.max(newest - day, newest));
        into[FORECAST_MEAN] = forecast == null ? 0 : within(forecast.mean(ahead), most);
        into[FORECAST_HIGH] = forecast == null ? 0 : within(forecast.quantile(HIGH_LEVEL, ahead), most);
    }

    /** A forecaster that says nonsense says nothing. */
    private static double within(double value, double most) {
        return value > 0 ? Math.min(value, most) : 0;
    }

    private static double aroundMax(StepHistory history, long step, int period, int periods, int off) {
        double most = 0;
        for (int i = 1; i <= periods; i++) {
            long same = step - (long) i * period;
            most = Math.max(most, history.max(same - off, same + off));
        }
        return most;
    }

    /** The mean over periods of the most that was around the same time; those before the series began do not count. */
    private static double aroundMean(StepHistory history, long step, int period, int periods, int off) {
        double sum = 0;
        int known = 0;
        for (int i = 1; i <= periods; i++) {
            long same = step - (long) i * period;
            if (same - off >= 0 || i == 1) {
                sum += history.max(same - off, same + off);
                known++;
            }
        }
        return sum / known;
    }
}
