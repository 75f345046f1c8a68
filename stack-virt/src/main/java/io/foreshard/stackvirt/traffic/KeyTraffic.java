package io.foreshard.stackvirt.traffic;

import java.util.EnumMap;
import java.util.Map;

/**
 * The messages of one key: rate, bursts, idle times, messages in flight, and auxiliary tasks. Rates fade with a time of a minute. One thread at a time.
 */
public final class KeyTraffic {

    private static final double FAST_MILLIS = 10_000;
    private static final double SLOW_MILLIS = 600_000;
    private static final double BURST = 3;
    private static final double SMOOTHING = 0.1;

    private final double[] tasks = new double[AuxiliaryTask.values().length];
    private long lastMillis = Long.MIN_VALUE;
    private double fast;
    private double slow;
    private double gapMillis;
    private double gapSpread;
    private long arrivals;
    private long bursts;
    private boolean bursting;
    private int inFlight;

    KeyTraffic() {}

    void arrived(long atMillis) {
        long now = Math.max(atMillis, lastMillis);
        if (lastMillis != Long.MIN_VALUE) {
            double gap = (double) now - lastMillis;
            double off = gap - gapMillis;
            double weight = Math.max(SMOOTHING, 1.0 / arrivals);
            gapMillis += weight * off;
            gapSpread += weight * (Math.abs(off) - gapSpread);
        }
        fade(now);
        fast += 1000 / FAST_MILLIS;
        slow += 1000 / SLOW_MILLIS;
        arrivals++;
        inFlight++;
        boolean isBurst = fast > BURST * slow && arrivals > 1;
        bursts += isBurst && !bursting ? 1 : 0;
        bursting = isBurst;
    }

    private void fade(long now) {
        if (lastMillis != Long.MIN_VALUE) {
            double passed = (double) now - lastMillis;
            fast *= Math.exp(-passed / FAST_MILLIS);
            slow *= Math.exp(-passed / SLOW_MILLIS);
            for (int i = 0; i < tasks.length; i++) {
                tasks[i] *= Math.exp(-passed / SLOW_MILLIS);
            }
        }
        lastMillis = now;
    }

    void answered() {
        inFlight = Math.max(0, inFlight - 1);
    }

    void task(AuxiliaryTask task, long count) {
        tasks[task.ordinal()] += Math.max(0, count) * 1000 / SLOW_MILLIS;
    }

    /** Takes over what came under a key that gave up its place: counts are too high by them at most. */
    void inherit(long counted) {
        arrivals = counted;
    }

    KeyReport report(TrafficKey key) {
        Map<AuxiliaryTask, Double> perSecond = new EnumMap<>(AuxiliaryTask.class);
        for (AuxiliaryTask task : AuxiliaryTask.values()) {
            perSecond.put(task, tasksPerSecond(task));
        }
        return new KeyReport(key, arrivals, inFlight, fast, slow, burstProbability(), gapMillis, gapSpread, perSecond);
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

    /** Returns how often the rate rose to a multiple of the usual one, per message. */
    public double burstProbability() {
        return arrivals == 0 ? 0 : Math.min(1, (double) bursts / arrivals);
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
        return tasks[task.ordinal()];
    }
}
