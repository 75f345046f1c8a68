package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.engine.AddressSharder;
import io.foreshard.addrsharding.engine.AddressSharderBuilder;
import io.foreshard.addrsharding.engine.SubdivisionSettings;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.forecast.OnlineForecaster;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How both engines are set up: they differ in nothing but whether they foresee.
 *
 * @param churn whose subdivisions get addresses
 * @param refillMillis how long an address takes to become warm
 */
record Settings(Churn churn, long refillMillis) {

    static final Prefix IPV4_POOL = Prefix.parse("10.64.0.0/12");
    static final Prefix IPV6_POOL = Prefix.parse("2001:db8:64::/108");
    static final List<Prefix> POOLS = List.of(IPV4_POOL, IPV6_POOL);

    /** Shards of 64 addresses, of either family. */
    static final int IPV4_LENGTH = 26;

    static final int IPV6_LENGTH = 122;

    private static final int MOST_SHARDS = 2048;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int DAY_STEPS = (int) (Churn.DAY_MILLIS / Churn.STEP_MILLIS);
    private static final int HOUR_STEPS = 12;

    static int shardLength(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IPV4_LENGTH : IPV6_LENGTH;
    }

    /** Returns what an engine is to have for each subdivision, in their order. */
    List<SubdivisionSettings> subdivisions() {
        return IntStream.range(0, churn.subdivisions().size())
                .mapToObj(index -> new SubdivisionSettings(
                        churn.subdivisions().get(index),
                        churn.family(index),
                        shardLength(churn.family(index)),
                        MOST_SHARDS))
                .toList();
    }

    Prefetcher prefetcher(boolean foresees) {
        Prefetcher.Builder builder = Prefetcher.builder()
                .lead(Duration.ofMillis(refillMillis), Duration.ofMillis(Math.max(refillMillis, Churn.STEP_MILLIS)));
        return (foresees ? builder.forecasters(unused -> forecaster()) : builder.gateMode(GateMode.SHUT)).build();
    }

    static Forecaster forecaster() {
        return OnlineForecaster.builder()
                .periods(DAY_STEPS, HOUR_STEPS, 7 * DAY_STEPS)
                .nonNegative(true)
                .build();
    }

    AddressSharderBuilder engine(EventExecutor executor, AllocationStore store) {
        AddressSharderBuilder builder = AddressSharder.builder(executor, store)
                .allocator(ContiguousAllocator.builder()
                        .pool(IPV4_POOL)
                        .pool(IPV6_POOL)
                        .unitLength(AddressFamily.IPV4, IPV4_LENGTH)
                        .unitLength(AddressFamily.IPV6, IPV6_LENGTH))
                .patience(PATIENCE);
        subdivisions().forEach(builder::subdivision);
        return builder;
    }
}
