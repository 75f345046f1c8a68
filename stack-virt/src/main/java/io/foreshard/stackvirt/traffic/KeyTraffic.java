package io.foreshard.stackvirt.traffic;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one key: rate, bursts, pauses, messages in flight, and auxiliary tasks. A message costs the same however many there were; keys with few messages of their own
 * are not forecast and take little memory. Time that runs backwards counts as now. One thread at a time.
 */
public final class KeyTraffic {

    /** So many messages of its own a key must have had before it is forecast. */
    static final int FORECAST_FROM = 16;

    private static final double FAST_MILLIS = 10_000;
    private static final double SLOW_MILLIS = 600_000;
    private static final double MOST_TASKS = 1e9;
    private static final double SMOOTHING = 0.1;
    private static final long NEVER = Long.MIN_VALUE;

    private double @Nullable [] tasks;
    private long lastMillis = NEVER;
    private double fast;
    private double slow;
    private double gapMillis;
    private double gapSpread;
    private long arrivals;
    private long own;
    private int inFlight;
    private long slot = NEVER;
    private long inSlot;
    private @Nullable KeyForecast forecast;

    KeyTraffic() {}

    void arrived(long atMillis) {
        long now = Math.max(atMillis, lastMillis);
        if (lastMillis != NEVER) {
            double gap = (double) now - lastMillis;
            double off = gap - gapMillis;
            double weight = Math.max(SMOOTHING, 1.0 / arrivals);
            gapMillis += weight * off;
            gapSpread += weight * (Math.abs(off) - gapSpread);
        }
        advance(now);
        fast += 1000 / FAST_MILLIS;
        slow += 1000 / SLOW_MILLIS;
        arrivals++;
        own++;
        inFlight++;
        inSlot++;
        if (own == FORECAST_FROM) {
            forecast = new KeyForecast();
        }
    }

    /** Fades rates and ends slots up to a time. */
    private void advance(long now) {
        if (lastMillis != NEVER) {
            double passed = (double) now - lastMillis;
            fast *= Math.exp(-passed / FAST_MILLIS);
            double slowly = Math.exp(-passed / SLOW_MILLIS);
            slow *= slowly;
            if (tasks != null) {
                for (int i = 0; i < tasks.length; i++) {
                    tasks[i] *= slowly;
                }
            }
        }
        lastMillis = now;
        long current = Math.floorDiv(now, KindTraffic.SLOT_MILLIS);
        if (current > slot) {
            if (slot != NEVER && forecast != null) {
                end(current, forecast);
            }
            inSlot = 0;
            slot = current;
        }
    }

    /** A pause before the first slot of the forecast is not known to be one. */
    private void end(long current, KeyForecast of) {
        long quiet = current - slot - 1;
        long first = slot + 1;
        if (inSlot > 0) {
            of.busy(slot, inSlot);
        } else {
            quiet++;
            first--;
        }
        if (quiet > 0) {
            of.quiet(first, quiet);
        }
    }

    /** Ends the slots up to a time. */
    void pass(long nowMillis) {
        if (lastMillis != NEVER) {
            advance(Math.max(nowMillis, lastMillis));
        }
    }

    boolean isForecast() {
        return forecast != null;
    }

    /** Sets whose forecast is weighed against our own; null for nobody's. */
    void feed(@Nullable ForecastFeed from) {
        if (forecast != null) {
            forecast.feed(from);
        }
    }

    void answered() {
        inFlight = Math.max(0, inFlight - 1);
    }

    void task(AuxiliaryTask task, long count, long atMillis) {
        advance(Math.max(atMillis, lastMillis));
        if (tasks == null) {
            tasks = new double[AuxiliaryTask.values().length];
        }
        tasks[task.ordinal()] += Math.min(MOST_TASKS, (double) Math.max(0, count)) * 1000 / SLOW_MILLIS;
        if (forecast != null) {
            forecast.task(task, count);
        }
    }

    /** Takes over what came under a key that gave up its place: counts are too high by them at most. */
    void inherit(long counted) {
        arrivals = counted;
    }

    /** Tells what is known and expected, as of a time. */
    KeyReport report(TrafficKey key, long nowMillis) {
        pass(nowMillis);
        Map<AuxiliaryTask, Double> perSecond = new EnumMap<>(AuxiliaryTask.class);
        for (AuxiliaryTask task : AuxiliaryTask.values()) {
            perSecond.put(task, tasksPerSecond(task));
        }
        KeyOutlook outlook = forecast == null ? KeyOutlook.unknown() : forecast.outlook();
        return new KeyReport(key, arrivals, inFlight, fast, slow, gapMillis, gapSpread, perSecond, outlook);
    }

    /** Returns how many messages came, those of the key before it in its place included. */
    public long arrivals() {
        return arrivals;
    }

    /** Returns how many messages are not answered. */
    public int inFlight() {
        return inFlight;
    }

    /** Returns messages a second of late, as of the newest one. */
    public double ratePerSecond() {
        return fast;
    }

    /** Returns the same over a longer time. */
    public double usualRatePerSecond() {
        return slow;
    }

    /** Returns how many bursts have begun since the key is forecast; {@link KeyOutlook} says what one is. */
    public long bursts() {
        return forecast == null ? 0 : forecast.bursts();
    }

    /** Returns when the next message is expected, milliseconds after the newest one. */
    public double nextGapMillis() {
        return gapMillis;
    }

    /** Returns the mean distance of gaps from what was expected, in milliseconds. */
    public double gapSpreadMillis() {
        return gapSpread;
    }

    /**
     * Returns how many auxiliary tasks there are a second.
     *
     * @param task which
     */
    public double tasksPerSecond(AuxiliaryTask task) {
        return tasks == null ? 0 : tasks[task.ordinal()];
    }
}
