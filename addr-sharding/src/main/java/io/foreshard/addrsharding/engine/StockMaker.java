package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.demand.DemandModel;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes stocks as they are configured. */
final class StockMaker {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AddressSharderBuilder builder;
    private final long nowMillis;
    private final LongSupplier floor;
    private final long stepMillis;
    private final int horizonSteps;

    StockMaker(AddressSharderBuilder builder, long nowMillis, LongSupplier floor) {
        this.builder = builder;
        this.nowMillis = nowMillis;
        this.floor = floor;
        stepMillis = Checks.duration("step", builder.step, Duration.ofMinutes(1), Duration.ofDays(1)) / NANOS_PER_MILLI;
        horizonSteps = Checks.inRange("horizonSteps", builder.horizonSteps, 1, 4096);
    }

    List<SubdivisionStock> configured() {
        List<SubdivisionStock> made = new ArrayList<>();
        Set<StockKey> keys = new HashSet<>();
        for (SubdivisionSettings settings : builder.subdivisions) {
            SubdivisionStock stock = make(settings);
            Checks.require(keys.add(stock.key()), "subdivision", settings.label(), "each once");
            made.add(stock);
        }
        return made;
    }

    SubdivisionStock make(SubdivisionSettings settings) {
        WarmPool pool = new WarmPool(settings.subdivision(), builder.cooldown, nowMillis, floor, settings.excluded());
        return new SubdivisionStock(settings, pool, outlook(settings.subdivision()));
    }

    private SubdivisionOutlook outlook(String subdivision) {
        Function<String, Forecaster> factory = builder.vmForecasters;
        DemandModel model = new DemandModel(
                subdivision,
                stepMillis,
                builder.profiles.getOrDefault(subdivision, List.of()),
                factory == null ? null : factory.apply(subdivision));
        builder.events.getOrDefault(subdivision, List.of()).forEach(model::add);
        return new SubdivisionOutlook(model, builder.score, horizonSteps);
    }

    /** Returns what becomes of subdivisions that are not configured any more. */
    FormerSubdivisions former() {
        return builder.former;
    }
}
