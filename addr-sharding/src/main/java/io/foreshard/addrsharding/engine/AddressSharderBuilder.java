package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.allocation.ContiguousAllocatorBuilder;
import io.foreshard.addrsharding.allocation.QuantileShardCount;
import io.foreshard.addrsharding.demand.ApplicationProfile;
import io.foreshard.addrsharding.demand.DemandScore;
import io.foreshard.addrsharding.demand.ExternalEvent;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.spi.AddressShardAllocator;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.MachineInventory;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.ShardCountPolicy;
import io.foreshard.addrsharding.spi.WithdrawalWatch;
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
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AddressSharder}. An allocator and at least one subdivision are needed. */
public final class AddressSharderBuilder {

    private static final long NANOS_PER_MILLI = 1_000_000;

    final EventExecutor executor;
    final AllocationStore store;
    final List<SubdivisionSettings> subdivisions = new ArrayList<>();
    private Function<Consumer<AllocationChange>, AddressShardAllocator> allocators = changes -> {
        throw new IllegalArgumentException("allocator: none (expected: one with the address pools)");
    };
    private Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers =
            shards -> CompletableFuture.completedFuture(new PushOutcome.Applied());
    final Map<String, List<ExternalEvent>> events = new HashMap<>();
    final Map<String, List<ApplicationProfile>> profiles = new HashMap<>();

    @Nullable
    Function<String, Forecaster> vmForecasters;

    DemandScore score = DemandScore.quantile(0.95, Double.POSITIVE_INFINITY);
    Duration step = Duration.ofMinutes(5);
    int horizonSteps = 288;
    private ShardCountPolicy shardCount = new QuantileShardCount();
    private Duration patience = Duration.ofSeconds(30);
    Duration cooldown = Duration.ofSeconds(30);
    private int quietSteps = 6;
    private @Nullable Executor callbacks;
    final EngineLimits limits = new EngineLimits();
    FormerSubdivisions former = FormerSubdivisions.RETIRE;
    WithdrawalWatch withdrawalWatch = WithdrawalWatch.NONE;

    @Nullable
    MachineInventory inventory;

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
     * have withdrawn it. What is told later has to be applied later, also if the call before was not answered in time. Default: there are
     * no routers.
     *
     * @param tells must not block
     * @return this
     */
    public AddressSharderBuilder routers(Function<Collection<Allocation>, CompletionStage<PushOutcome>> tells) {
        routers = tells;
        return this;
    }

    /**
     * Sets who looks whether shards are really withdrawn, before they are given back. Default: nobody; the word of all routers is enough.
     *
     * @param watch asked after all routers have applied a plan without a shard
     * @return this
     */
    public AddressSharderBuilder withdrawalWatch(WithdrawalWatch watch) {
        withdrawalWatch = watch;
        return this;
    }

    /**
     * Sets how long others may take. Default: 2 minutes each.
     *
     * @param push after which a push counts as not applied, and the next goes out
     * @param warming after which addresses count as not made ready, and are ordered again
     * @param withdrawal after which a draining shard that was not seen withdrawn is reported; it stays draining
     * @return this; each is a second up to a day
     */
    public AddressSharderBuilder timeouts(Duration push, Duration warming, Duration withdrawal) {
        limits.push = push;
        limits.warming = warming;
        limits.withdrawal = withdrawal;
        return this;
    }

    /**
     * Sets who knows which machines there are, so that addresses of those that are gone are taken back. Default: nobody, and they never are.
     *
     * @param machines asked once a step for each subdivision; an answer has a minute, and may be 5 minutes old
     * @param grace how long a machine has to be missing, 5 minutes up to 7 days; 15 minutes are usual
     * @return this
     */
    public AddressSharderBuilder inventory(MachineInventory machines, Duration grace) {
        inventory = machines;
        limits.leakGrace = grace;
        return this;
    }

    /**
     * Sets what becomes of subdivisions that are recorded and not configured any more. Default: they retire, with an hour of grace.
     *
     * @param what retire or adopt
     * @param grace after which routes are withdrawn though machines still have addresses, none up to 365 days; counted from when the engine
     *     was first opened without the subdivision, or it was removed; restarts do not lengthen it
     * @return this
     */
    public AddressSharderBuilder formerSubdivisions(FormerSubdivisions what, Duration grace) {
        former = what;
        limits.retirement = grace;
        return this;
    }

    /**
     * Sets where those who asked for addresses, or released them, are told. Default: on the engine's executor, which their stages hold up; never
     * on the store's, as that would hold up whatever is to be recorded.
     *
     * @param executor takes any number of tasks
     * @return this
     */
    public AddressSharderBuilder callbacks(Executor executor) {
        callbacks = executor;
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
        limits.check();
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

    Executor callbacks() {
        return callbacks == null ? executor : callbacks;
    }
}
