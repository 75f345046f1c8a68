package io.foreshard.examples.report;

import java.util.ArrayList;
import java.util.List;

/** How values become distances along an axis, and where its ticks belong. */
enum Scale {
    /** Distance in proportion to the value. */
    LINEAR {
        @Override
        double forward(double value) {
            return value;
        }

        @Override
        List<Double> ticks(double low, double high, int wanted) {
            double step = niceStep(low, high, wanted);
            List<Double> ticks = new ArrayList<>();
            double first = Math.ceil(low / step - ROOM);
            for (int index = 0; index <= 2 * wanted && (first + index) * step <= high + ROOM * step; index++) {
                ticks.add((first + index) * step);
            }
            return ticks;
        }
    },

    /** Distance in proportion to the logarithm; values of 0 and below have no place. */
    LOG {
        @Override
        double forward(double value) {
            return value > 0 ? Math.log10(value) : Double.NaN;
        }

        @Override
        List<Double> ticks(double low, double high, int wanted) {
            int first = (int) Math.floor(Math.log10(low) + ROOM);
            int last = (int) Math.ceil(Math.log10(high) - ROOM);
            int stride = Math.max(1, (last - first + wanted - 1) / wanted);
            double[] factors = 3 * (last - first) <= wanted ? new double[] {1, 2, 5} : new double[] {1};
            List<Double> ticks = new ArrayList<>();
            for (int exponent = first; exponent <= last; exponent += stride) {
                for (double factor : factors) {
                    addWithin(ticks, factor * Math.pow(10, exponent), low, high);
                }
            }
            return ticks;
        }
    },

    /** Seconds, in proportion, with ticks at what clocks and calendars call round. */
    TIME {
        @Override
        double forward(double value) {
            return value;
        }

        /** Round is meant of the seconds since midnight, so the caller shifts the bounds to those. */
        @Override
        List<Double> ticks(double low, double high, int wanted) {
            double step = niceSeconds(low, high, wanted);
            List<Double> ticks = new ArrayList<>();
            for (double at = Math.ceil(low / step - ROOM) * step;
                    ticks.size() <= 2 * wanted && at <= high + ROOM * step;
                    at += step) {
                ticks.add(at);
            }
            return ticks;
        }
    },

    /** Shares of 0 up to but not 1, drawn out towards 1 so that the tail shows: 0, 90 %, 99 %, 99.9 % are equally far apart. */
    TAIL {
        @Override
        double forward(double value) {
            return value < 1 ? -Math.log10(1 - value) : Double.NaN;
        }

        @Override
        List<Double> ticks(double low, double high, int wanted) {
            List<Double> ticks = new ArrayList<>();
            for (double share : new double[] {0, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999}) {
                addWithin(ticks, share, low, high);
            }
            return ticks;
        }
    };

    private static final double[] ROUND_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800
    };

    /** A tick within a rounding error of the end of the axis counts as on it. */
    private static final double ROOM = 1e-6;

    /** The distance of a value, NaN when it has no place on this scale. */
    abstract double forward(double value);

    /** About as many round values as wanted, ascending, within the bounds. */
    abstract List<Double> ticks(double low, double high, int wanted);

    /** The step of 1, 2 or 5 times a power of ten that gives about as many ticks as wanted (after Heckbert 1990). */
    static double niceStep(double low, double high, int wanted) {
        double rough = high / wanted - low / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        if (lead < 1.5) {
            return power;
        }
        if (lead < 3.5) {
            return 2 * power;
        }
        return lead < 7.5 ? 5 * power : 10 * power;
    }

    /** The step of seconds, minutes, hours, days or weeks that gives at most about as many ticks as wanted. */
    static double niceSeconds(double low, double high, int wanted) {
        double rough = (high - low) / wanted;
        if (rough < ROUND_SECONDS[0]) {
            return niceStep(low, high, wanted);
        }
        for (double seconds : ROUND_SECONDS) {
            if (seconds >= rough * 0.9) {
                return seconds;
            }
        }
        double week = ROUND_SECONDS[ROUND_SECONDS.length - 1];
        return week * Math.ceil(rough / week);
    }

    private static void addWithin(List<Double> ticks, double value, double low, double high) {
        if (value >= low * (1 - ROOM) && value <= high * (1 + ROOM)) {
            ticks.add(value);
        }
    }
}
