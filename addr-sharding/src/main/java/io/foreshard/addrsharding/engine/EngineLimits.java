package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.allocation.LeakCollector;
import io.foreshard.runtime.Checks;
import java.time.Duration;

/** How long others may take. */
final class EngineLimits {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    Duration push = Duration.ofMinutes(2);
    Duration warming = Duration.ofMinutes(2);
    Duration withdrawal = Duration.ofMinutes(2);
    Duration retirement = Duration.ofHours(1);
    Duration leakGrace = Duration.ofMinutes(15);

    /** Checks all values, so that a wrong one is told of before anything begins. */
    void check() {
        pushMillis();
        warmingMillis();
        withdrawalMillis();
        retirementMillis();
        leaks();
    }

    LeakCollector leaks() {
        return new LeakCollector(leakGrace);
    }

    long pushMillis() {
        return millis("pushTimeout", push);
    }

    long warmingMillis() {
        return millis("warmingTimeout", warming);
    }

    long withdrawalMillis() {
        return millis("withdrawalTimeout", withdrawal);
    }

    long retirementMillis() {
        return Checks.duration("retirement", retirement, Duration.ZERO, Duration.ofDays(365)) / NANOS_PER_MILLI;
    }

    private static long millis(String name, Duration value) {
        return Checks.duration(name, value, SHORTEST, LONGEST) / NANOS_PER_MILLI;
    }
}
