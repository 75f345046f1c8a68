package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.StackUsage;

/** What the readings of one stack say: of the last minute, and of the time since the last change. */
final class StackReadings {

    private static final double NANOS_PER_MILLI = 1e6;
    /** Throttling counts of the last minute or so. */
    private static final double FADE_MILLIS = 60_000;

    private StackUsage newest;
    private long newestMillis;
    private double cpus = Double.NaN;
    private double throttledMillis;
    private double watchedMillis;
    private long kills;
    private long memoryBytes = -1;

    StackReadings(long nowMillis, StackUsage first) {
        newest = first;
        newestMillis = nowMillis;
        memoryBytes = first.memoryBytes();
    }

    void read(long nowMillis, StackUsage usage) {
        double passed = (double) nowMillis - newestMillis;
        if (passed <= 0) {
            return;
        }
        double cpuNanos = grown(newest.cpuNanos(), usage.cpuNanos());
        cpus = cpuNanos / NANOS_PER_MILLI / passed;
        double throttledNanos = grown(newest.throttledNanos(), usage.throttledNanos());
        if (throttledNanos >= 0) {
            double kept = Math.exp(-passed / FADE_MILLIS);
            throttledMillis = kept * throttledMillis + Math.min(passed, throttledNanos / NANOS_PER_MILLI);
            watchedMillis = kept * watchedMillis + passed;
        }
        double killed = grown(newest.memoryKills(), usage.memoryKills());
        kills += killed > 0 ? (long) killed : 0;
        memoryBytes = Math.max(memoryBytes, usage.memoryBytes());
        newest = usage;
        newestMillis = nowMillis;
    }

    /** Returns by how much a counter grew; NaN if that is not known or it began anew. */
    private static double grown(long before, long after) {
        return before < 0 || after < before ? Double.NaN : (double) (after - before);
    }

    long newestMillis() {
        return newestMillis;
    }

    /** Returns how many processors' time it used between the last two readings; NaN if not known. */
    double cpus() {
        return cpus;
    }

    /** Returns for which share of the time it was throttled; NaN if it was not watched for long enough. */
    double throttledShare(double leastMillis) {
        return watchedMillis >= leastMillis ? throttledMillis / watchedMillis : Double.NaN;
    }

    /** Returns how often something in it was ended for its memory, and counts anew. */
    long takeKills() {
        long counted = kills;
        kills = 0;
        return counted;
    }

    long memoryBytes() {
        return memoryBytes;
    }

    void restart() {
        throttledMillis = 0;
        watchedMillis = 0;
        memoryBytes = -1;
    }
}
