package io.foreshard.telemetry;

import io.foreshard.runtime.Checks;
import java.time.Duration;

/** Configures {@link PathProfiles}. Not thread-safe. */
public final class PathProfilesBuilder {

    private static final int MOST_DESTINATIONS = 1 << 20;
    private static final int FEWEST_ROUND_TRIPS = 8;
    private static final int MOST_ROUND_TRIPS = 1 << 16;
    private static final Duration SHORTEST_WINDOW = Duration.ofMillis(10);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private Freshness freshness = new Freshness(Duration.ofSeconds(1).toNanos());
    private long windowNanos = Duration.ofSeconds(10).toNanos();
    private int roundTrips = 128;
    private int maxDestinations = 1024;
    private TelemetryCounters counters = new TelemetryCounters();

    PathProfilesBuilder() {}

    /**
     * Sets how long a sample is trusted fully; by default one second. After three of it nothing is known.
     *
     * @param value 1 ms … 1 day
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PathProfilesBuilder interval(Duration value) {
        freshness = Freshness.of(value);
        return this;
    }

    /**
     * Sets how far profiles, losses and delivery rates go back; by default 10 seconds.
     *
     * @param value 10 ms … 1 hour
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PathProfilesBuilder window(Duration value) {
        windowNanos = Checks.duration("window", value, SHORTEST_WINDOW, LONGEST_WINDOW);
        return this;
    }

    /**
     * Sets how many round trips of the window a meter keeps, the newest; by default 128. A 99 % quantile is worth the name from 100 on.
     * Memory is 16 bytes each.
     *
     * @param value 8…65 536
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PathProfilesBuilder roundTrips(int value) {
        roundTrips = Checks.inRange("roundTrips", value, FEWEST_ROUND_TRIPS, MOST_ROUND_TRIPS);
        return this;
    }

    /**
     * Sets how many addresses and prefixes are held at most; by default 1024, with up to 16 meters each. A new one takes the place of
     * one of which nothing is known any more; where none is found, it is counted as {@link TelemetryReason#TABLE_FULL}.
     *
     * @param value 1…1 048 576
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PathProfilesBuilder maxDestinations(int value) {
        maxDestinations = Checks.inRange("maxDestinations", value, 1, MOST_DESTINATIONS);
        return this;
    }

    /**
     * Sets what counts; by default counters of its own.
     *
     * @param value may be shared with other sources
     * @return this
     */
    public PathProfilesBuilder counters(TelemetryCounters value) {
        counters = value;
        return this;
    }

    /** {@return profiles of no path yet} */
    public PathProfiles build() {
        return new DefaultPathProfiles(freshness, windowNanos, roundTrips, maxDestinations, counters);
    }
}
