package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.space.BuddySpace;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds a {@link ContiguousAllocator}. */
public final class ContiguousAllocatorBuilder {

    /** The longest cooldown. */
    public static final Duration MAX_COOLDOWN = Duration.ofMinutes(20);

    private static final int MAX_UNITS_LOG2 = 26;
    private static final int MOST_POOLS = 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Prefix> pools = new ArrayList<>();
    private final Map<AddressFamily, Integer> unitLengths =
            new EnumMap<>(Map.of(AddressFamily.IPV4, 24, AddressFamily.IPV6, 64));
    private final Map<String, SubdivisionPolicy> policies = new HashMap<>();
    private SubdivisionPolicy otherPolicy = SubdivisionPolicy.UNLIMITED;
    private Duration cooldown = Duration.ofSeconds(30);
    private double scarceShare = 0.7;
    private int maxSubdivisions = 1 << 16;
    private Consumer<AllocationChange> listener = change -> {};

    ContiguousAllocatorBuilder() {}

    /**
     * Adds a pool. At least one is needed; of several of a family the earlier is filled first.
     *
     * @param prefix of either family
     * @return this
     */
    public ContiguousAllocatorBuilder pool(Prefix prefix) {
        pools.add(prefix);
        return this;
    }

    /**
     * Sets what the pools of a family are cut into: the smallest shard there is. Default: 24 for IPv4, 64 for IPv6.
     *
     * @param family of addresses
     * @param length of a unit's prefix; a pool has at most 2^26 units
     * @return this
     */
    public ContiguousAllocatorBuilder unitLength(AddressFamily family, int length) {
        unitLengths.put(family, Checks.inRange("unitLength", length, 0, family.bits()));
        return this;
    }

    /**
     * Sets what a subdivision may have.
     *
     * @param subdivision its name
     * @param policy for both families
     * @return this
     */
    public ContiguousAllocatorBuilder policy(String subdivision, SubdivisionPolicy policy) {
        policies.put(subdivision, policy);
        return this;
    }

    /**
     * Sets what all other subdivisions may have. Default: {@link SubdivisionPolicy#UNLIMITED}.
     *
     * @param policy for both families
     * @return this
     */
    public ContiguousAllocatorBuilder otherPolicy(SubdivisionPolicy policy) {
        otherPolicy = policy;
        return this;
    }

    /**
     * Sets how long addresses that were given back rest, as others may remember who had them. Default: 30 s.
     *
     * @param rest 0…20 min
     * @return this
     */
    public ContiguousAllocatorBuilder cooldown(Duration rest) {
        cooldown = rest;
        return this;
    }

    /**
     * Sets from which used share of a pool on nothing is reserved any more. Default: 0.7.
     *
     * @param share 0…1
     * @return this
     */
    public ContiguousAllocatorBuilder scarceShare(double share) {
        scarceShare = share;
        return this;
    }

    /**
     * Sets how many subdivisions may hold something of a family at once. Default: 65536.
     *
     * @param most above 0
     * @return this
     */
    public ContiguousAllocatorBuilder maxSubdivisions(int most) {
        maxSubdivisions = most;
        return this;
    }

    /**
     * Sets who is told of each change.
     *
     * @param told called on the allocator's thread before the method that changes returns; must neither block nor throw nor call the
     *     allocator
     * @return this
     */
    public ContiguousAllocatorBuilder listener(Consumer<AllocationChange> told) {
        listener = told;
        return this;
    }

    /**
     * Builds the allocator.
     *
     * @throws IllegalArgumentException if there is no pool, two overlap, one is smaller than a unit or larger than 2^26 units, or a value is
     *     out of range
     */
    public ContiguousAllocator build() {
        return new ContiguousAllocator(this);
    }

    Map<AddressFamily, FamilySpace> spaces() {
        Checks.inRange("pools", pools.size(), 1, MOST_POOLS);
        Checks.inRange("scarceShare", scarceShare, 0, 1);
        checkPools();
        Map<AddressFamily, FamilySpace> spaces = new EnumMap<>(AddressFamily.class);
        unitLengths.forEach((family, unitLength) -> {
            List<PoolSpace> all = pools.stream()
                    .filter(pool -> pool.family() == family)
                    .map(pool -> new PoolSpace(pool, unitLength))
                    .toList();
            if (!all.isEmpty()) {
                spaces.put(family, new FamilySpace(unitLength, all, scarceShare));
            }
        });
        return spaces;
    }

    private void checkPools() {
        List<Prefix> sorted = pools.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            Prefix pool = sorted.get(i);
            boolean isApart = i == 0 || !sorted.get(i - 1).overlaps(pool);
            Checks.require(isApart, "pool", pool, "no overlap with " + sorted.get(Math.max(0, i - 1)));
            int unitLength = unitLengths.getOrDefault(pool.family(), pool.length());
            boolean isSized = pool.length() <= unitLength && unitLength - pool.length() <= MAX_UNITS_LOG2;
            Checks.require(isSized, "pool", pool, "1…" + BuddySpace.MAX_UNITS + " units of /" + unitLength);
        }
    }

    Subdivisions subdivisions() {
        return new Subdivisions(Checks.positive("maxSubdivisions", maxSubdivisions), policies, otherPolicy);
    }

    long cooldownMillis() {
        return Checks.duration("cooldown", cooldown, Duration.ZERO, MAX_COOLDOWN) / NANOS_PER_MILLI;
    }

    Consumer<AllocationChange> listener() {
        return listener;
    }
}
