package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.allocation.ContiguousAllocatorBuilder;
import io.foreshard.addrsharding.allocation.QuantileShardCount;
import io.foreshard.addrsharding.demand.ApplicationProfile;
import io.foreshard.addrsharding.demand.DemandModel;
import io.foreshard.addrsharding.demand.DemandScore;
import io.foreshard.addrsharding.demand.ExternalEvent;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.spi.AddressShardAllocator;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.ShardCountPolicy;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.runtime.Checks;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AddressSharder}. An allocator and at least one subdivision are needed. */
public final class AddressSharderBuilder {

    private static final long NANOS_PER_MILLI = 1_000_000;

    final EventExecutor executor;
    final AllocationStore store;
    private final List<SubdivisionSettings> subdivisions = new ArrayList<>();
    private Function<Consumer<AllocationChange>, AddressShardAllocator> allocators = changes -> {
        throw new IllegalArgumentException("allocator: none (expected: one with the address pools)");
    };
    private Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers =
            shards -> CompletableFuture.completedFuture(new PushOutcome.Applied());
    private final Map<String, List<ExternalEvent>> events = new HashMap<>();
    private final Map<String, List<ApplicationProfile>> profiles = new HashMap<>();
    private @Nullable Function<String, Forecaster> vmForecasters;
    private DemandScore score = DemandScore.quantile(0.95, Double.POSITIVE_INFINITY);
    private Duration step = Duration.ofMinutes(5);
    private int horizonSteps = 288;
    private ShardCountPolicy shardCount = new QuantileShardCount();
    private Duration patience = Duration.ofSeconds(30);
    private Duration cooldown = Duration.ofSeconds(30);
    private int quietSteps = 6;
    Prefetcher prefetcher = Prefetcher.builder().build();
    AddressWarmer warmer = AddressWarmer.NOTHING_TO_DO;
    EngineObserver observer = EngineObserver.NOOP;
    int maxBacklog = 20_000;

    AddressSharderBuilder(EventExecutor executor, AllocationStore store) {
        this.executor = executor;
        this.store = store;
    }

    /**
     * Sets what assigns shards, by default in rows.
     *
     * @param pools a builder with pools and limits; whom it tells of changes is replaced
     * @return this
     */
    public AddressSharderBuilder allocator(ContiguousAllocatorBuilder pools) {
        return allocator(changes -> pools.listener(changes).build());
    }

    /**
     * Sets what assigns shards.
     *
     * @param makes an allocator of its own, given whom to tell of each change
     * @return this
     */
    public AddressSharderBuilder allocator(Function<Consumer<AllocationChange>, AddressShardAllocator> makes) {
        allocators = makes;
        return this;
    }

    /**
     * Adds a subdivision, or another family for one.
     *
     * @param settings what it gets
     * @return this
     */
    public AddressSharderBuilder subdivision(SubdivisionSettings settings) {
        subdivisions.add(settings);
        return this;
    }

    /**
     * Sets what foresees demand and plans stock. Default: the quantile policy, without a forecaster.
     *
     * @param foresees confined to this engine from now on
     * @return this
     */
    public AddressSharderBuilder prefetcher(Prefetcher foresees) {
        prefetcher = foresees;
        return this;
    }

    /**
     * Sets what makes addresses ready. Default: they are ready at once.
     *
     * @param makesReady must not block
     * @return this
     */
    public AddressSharderBuilder warmer(AddressWarmer makesReady) {
        warmer = makesReady;
        return this;
    }

    /**
     * Sets what tells routers. Given all shards that are confirmed, it completes when every router announces these and no others, or
     * with the worst that came of it; it is called again with what holds then. A shard is used when that was tried, and given back only when all routers
     * have withdrawn it. Default: there are no routers.
     *
     * @param tells must not block
     * @return this
     */
    public AddressSharderBuilder routers(Function<Collection<Allocation>, CompletionStage<PushOutcome>> tells) {
        routers = tells;
        return this;
    }

    /**
     * Sets how many shards a subdivision is to have ahead of its orders. Default: as many as the plan of its stock needs.
     *
     * @param policy pure
     * @return this
     */
    public AddressSharderBuilder shardCount(ShardCountPolicy policy) {
        shardCount = policy;
        return this;
    }

    /**
     * Tells of an event, past or to come: what it adds is warm before it begins.
     *
     * @param subdivision whose machines it adds or takes, in each of its families
     * @param event with its declared effect, which is corrected by what events of its kind have done
     * @return this
     */
    public AddressSharderBuilder event(String subdivision, ExternalEvent event) {
        events.computeIfAbsent(subdivision, x -> new ArrayList<>()).add(event);
        return this;
    }

    /**
     * Sets what applications a subdivision runs, for scores that count bandwidth. Default: none, so there is no bandwidth.
     *
     * @param subdivision whose
     * @param applications with their shares
     * @return this
     */
    public AddressSharderBuilder profiles(String subdivision, List<ApplicationProfile> applications) {
        profiles.put(subdivision, List.copyOf(applications));
        return this;
    }

    /**
     * Sets what forecasts how many machines a subdivision runs, which decides how much space is kept beside it. Default: nothing, and no
     * space is kept.
     *
     * @param factory makes a forecaster, given the subdivision
     * @return this
     */
    public AddressSharderBuilder vmForecasters(Function<String, Forecaster> factory) {
        vmForecasters = factory;
        return this;
    }

    /**
     * Sets what the demand of a subdivision is worth, for policies that count shards by a score. Default: the 0.95 quantile of machines.
     *
     * @param rates pure
     * @return this
     */
    public AddressSharderBuilder score(DemandScore rates) {
        score = rates;
        return this;
    }

    /**
     * Sets the step of the forecasts, the same as the prefetcher's, and how many steps ahead space is kept for. Default: 5 minutes, 288.
     *
     * @param length a minute up to a day
     * @param steps 1…4096
     * @return this
     */
    public AddressSharderBuilder horizon(Duration length, int steps) {
        step = length;
        horizonSteps = steps;
        return this;
    }

    /**
     * Sets how long a request waits for an address at most. Default: 30 s.
     *
     * @param most a millisecond up to an hour
     * @return this
     */
    public AddressSharderBuilder patience(Duration most) {
        patience = most;
        return this;
    }

    /**
     * Sets how long an address rests that was released. Default: 30 s.
     *
     * @param rest none up to 20 minutes
     * @return this
     */
    public AddressSharderBuilder cooldown(Duration rest) {
        cooldown = rest;
        return this;
    }

    /**
     * Sets how many requests of a subdivision may wait. Default: 20,000.
     *
     * @param most above 0
     * @return this
     */
    public AddressSharderBuilder maxBacklog(int most) {
        maxBacklog = most;
        return this;
    }

    /**
     * Sets for how many steps a shard has to be one too many before it is given back. Default: 6.
     *
     * @param steps above 0
     * @return this
     */
    public AddressSharderBuilder quietSteps(int steps) {
        quietSteps = steps;
        return this;
    }

    /**
     * Sets who is told of refusals.
     *
     * @param told on any thread
     * @return this
     */
    public AddressSharderBuilder observer(EngineObserver told) {
        observer = told;
        return this;
    }

    /**
     * Reads what is recorded, and begins.
     *
     * @param nowMillis the time, in milliseconds since 1970
     * @return completes with the engine, or fails with what the store says, or if what is recorded does not fit the pools
     * @throws IllegalArgumentException if a value is out of range
     */
    public CompletionStage<AddressSharder> open(long nowMillis) {
        Checks.require(!subdivisions.isEmpty(), "subdivisions", "none", "at least one");
        DefaultAddressSharder engine = new DefaultAddressSharder(this, nowMillis);
        List<Allocation> shards = new ArrayList<>();
        List<Allocation> addresses = new ArrayList<>();
        return store.load(each -> (each.kind() == AllocationKind.SHARD ? shards : addresses).add(each))
                .thenApplyAsync(
                        contents -> {
                            engine.restore(shards, addresses, contents, nowMillis);
                            return engine;
                        },
                        executor);
    }

    Function<Consumer<AllocationChange>, AddressShardAllocator> allocators() {
        return allocators;
    }

    Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers() {
        return routers;
    }

    ShardSizing sizing() {
        return new ShardSizing(shardCount, Checks.positive("quietSteps", quietSteps));
    }

    long patienceMillis() {
        return Checks.duration("patience", patience, Duration.ofMillis(1), Duration.ofHours(1)) / NANOS_PER_MILLI;
    }

    void stocks(Map<StockKey, SubdivisionStock> into, long nowMillis, LongSupplier floor) {
        for (SubdivisionSettings settings : subdivisions) {
            StockKey key = new StockKey(settings.subdivision(), settings.family());
            WarmPool pool = new WarmPool(settings.subdivision(), cooldown, nowMillis, floor);
            SubdivisionStock before = into.put(key, new SubdivisionStock(settings, pool, outlook(settings)));
            Checks.require(before == null, "subdivision", settings.label(), "each once");
        }
    }

    private SubdivisionOutlook outlook(SubdivisionSettings settings) {
        String subdivision = settings.subdivision();
        Function<String, Forecaster> factory = vmForecasters;
        DemandModel model = new DemandModel(
                subdivision,
                Checks.duration("step", step, Duration.ofMinutes(1), Duration.ofDays(1)) / NANOS_PER_MILLI,
                profiles.getOrDefault(subdivision, List.of()),
                factory == null ? null : factory.apply(subdivision));
        events.getOrDefault(subdivision, List.of()).forEach(model::add);
        return new SubdivisionOutlook(model, score, Checks.inRange("horizonSteps", horizonSteps, 1, 4096));
    }
}
