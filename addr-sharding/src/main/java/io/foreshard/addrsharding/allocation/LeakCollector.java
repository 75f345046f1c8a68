package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.spi.AddressShardAllocator;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Gives back shards that nobody uses and nobody has given back. A shard counts as leaked when it was seen unused, is so still after a grace,
 * has not changed meanwhile, and is so once more when asked for right before: machines that move are between two places for a while.
 *
 * <p>What is pending then is free; what is confirmed is drained, and goes the way of all shards from there. Keeps about 100 bytes for each
 * shard that is seen unused. Confined to the thread of the allocator.
 */
public final class LeakCollector {

    /** The shortest grace, and the default. */
    public static final Duration MIN_GRACE = Duration.ofMinutes(5);

    private static final Duration MAX_GRACE = Duration.ofDays(7);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AddressShardAllocator allocator;
    private final long graceMillis;
    private Map<String, Allocation> suspects = new HashMap<>();
    private Map<String, Long> suspectedMillis = new HashMap<>();

    /**
     * Makes a collector.
     *
     * @param allocator whose shards
     * @param grace how long a shard is seen unused before it is given back, 5 minutes…7 days
     * @throws IllegalArgumentException if the grace is out of range
     */
    public LeakCollector(AddressShardAllocator allocator, Duration grace) {
        this.allocator = allocator;
        graceMillis = Checks.duration("grace", grace, MIN_GRACE, MAX_GRACE) / NANOS_PER_MILLI;
    }

    /**
     * Looks at all shards once.
     *
     * @param isUsed whether anybody uses a shard; asked twice for one that is to be given back
     * @param nowMillis milliseconds since 1970
     * @return the shards that were given back, as they are now
     */
    public List<Allocation> collect(Predicate<Allocation> isUsed, long nowMillis) {
        Map<String, Allocation> unused = new HashMap<>();
        Map<String, Long> since = new HashMap<>();
        allocator.forEach(allocation -> {
            if (mayLeak(allocation) && !isUsed.test(allocation)) {
                boolean isKnown = allocation.equals(suspects.get(allocation.handle()));
                unused.put(allocation.handle(), allocation);
                since.put(
                        allocation.handle(),
                        isKnown ? suspectedMillis.getOrDefault(allocation.handle(), nowMillis) : nowMillis);
            }
        });
        List<Allocation> collected = new ArrayList<>();
        for (Allocation suspect : List.copyOf(unused.values())) {
            boolean isDue = nowMillis - since.getOrDefault(suspect.handle(), nowMillis) >= graceMillis;
            if (isDue
                    && !isUsed.test(suspect)
                    && giveBack(suspect, nowMillis) instanceof ShardOutcome.Changed changed) {
                collected.add(changed.allocation());
                unused.remove(suspect.handle());
                since.remove(suspect.handle());
            }
        }
        suspects = unused;
        suspectedMillis = since;
        return collected;
    }

    private static boolean mayLeak(Allocation allocation) {
        return allocation.status() == AllocationStatus.PENDING || allocation.status() == AllocationStatus.CONFIRMED;
    }

    private ShardOutcome giveBack(Allocation leaked, long nowMillis) {
        ShardKey key = ShardKey.of(leaked);
        return leaked.status() == AllocationStatus.PENDING
                ? allocator.release(key, nowMillis)
                : allocator.drain(key, nowMillis);
    }
}
