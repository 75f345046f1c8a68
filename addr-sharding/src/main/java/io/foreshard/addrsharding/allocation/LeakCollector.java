package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what nobody uses and nobody has given back, addresses or shards. It counts as leaked when it was seen unused at two looks a grace
 * apart, at all looks in between, and has not changed meanwhile: machines that move are between two places for a while. Whoever gives it back
 * asks once more right before.
 *
 * <p>Keeps about 100 bytes for each that is seen unused. Confined to one thread.
 */
public final class LeakCollector {

    /** The shortest grace. */
    public static final Duration MIN_GRACE = Duration.ofMinutes(5);

    private static final Duration MAX_GRACE = Duration.ofDays(7);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long graceMillis;
    private Map<String, Suspect> suspects = new HashMap<>();
    private long observedMillis = Long.MIN_VALUE;

    /**
     * Makes a collector.
     *
     * @param grace how far apart the two looks are at least, 5 minutes…7 days
     * @throws IllegalArgumentException if the grace is out of range
     */
    public LeakCollector(Duration grace) {
        graceMillis = Checks.duration("leakGrace", grace, MIN_GRACE, MAX_GRACE) / NANOS_PER_MILLI;
    }

    /**
     * Takes one look at all.
     *
     * @param unused what is held in the records and not used, each with a handle of its own
     * @param asOfMillis when its use was looked at, in milliseconds since 1970; what is not later than the look before is passed over
     * @return what has leaked; again at each look until it is given back
     */
    public List<Allocation> observe(Iterable<Allocation> unused, long asOfMillis) {
        if (asOfMillis <= observedMillis) {
            return List.of();
        }
        observedMillis = asOfMillis;
        Map<String, Suspect> found = new HashMap<>();
        List<Allocation> leaked = new ArrayList<>();
        for (Allocation allocation : unused) {
            Suspect known = suspects.get(allocation.handle());
            boolean isSame = known != null && known.isOf(allocation);
            Suspect suspect = known != null && isSame ? known : new Suspect(allocation, asOfMillis);
            found.put(allocation.handle(), suspect);
            if (asOfMillis - suspect.sinceMillis >= graceMillis) {
                leaked.add(allocation);
            }
        }
        suspects = found;
        return leaked;
    }

    private record Suspect(Allocation allocation, long sinceMillis) {

        boolean isOf(Allocation other) {
            return allocation.prefix().equals(other.prefix()) && allocation.sequence() == other.sequence();
        }
    }
}
