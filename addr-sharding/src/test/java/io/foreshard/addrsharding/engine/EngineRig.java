package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.WithdrawalWatch;
import io.foreshard.coreapi.Reason;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An engine over a store in memory and a router that does what it is told, on one thread and in virtual time. */
final class EngineRig {

    static final long STEP_MILLIS = 300_000;

    final MemoryStore store = new MemoryStore();
    final Map<String, Long> reasons = new HashMap<>();
    final List<Set<Prefix>> pushes = new ArrayList<>();
    final List<SubdivisionSettings> subdivisions = new ArrayList<>(List.of(
            new SubdivisionSettings("web", AddressFamily.IPV4, 28, 8),
            new SubdivisionSettings("db", AddressFamily.IPV4, 28, 4),
            new SubdivisionSettings("db", AddressFamily.IPV6, 64, 2)));
    Function<Collection<Allocation>, CompletionStage<PushOutcome>> router = this::push;
    WithdrawalWatch watch = WithdrawalWatch.NONE;
    AddressWarmer warmer = AddressWarmer.NOTHING_TO_DO;
    UnaryOperator<AddressSharderBuilder> more = UnaryOperator.identity();
    PushOutcome routerSays = new PushOutcome.Applied();
    Set<Prefix> announced = new HashSet<>();
    long nowMillis = 1_000_000_000_000L;
    AddressSharder engine;

    EngineRig() {
        engine = open();
    }

    private AddressSharder open() {
        return builder().open(nowMillis).toCompletableFuture().join();
    }

    AddressSharderBuilder builder() {
        AddressSharderBuilder builder = AddressSharder.builder(ImmediateEventExecutor.INSTANCE, store)
                .allocator(ContiguousAllocator.builder()
                        .pool(Prefix.parse("10.64.0.0/20"))
                        .pool(Prefix.parse("2001:db8::/56"))
                        .unitLength(AddressFamily.IPV4, 28)
                        .cooldown(Duration.ofSeconds(30)))
                .routers(shards -> router.apply(shards))
                .withdrawalWatch(prefixes -> watch.withdrawn(prefixes))
                .warmer((subdivision, addresses) -> warmer.warm(subdivision, addresses))
                .timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1))
                .maxBacklog(100)
                .quietSteps(2)
                .observer((reason, amount) -> reasons.merge(reason.name(), amount, Long::sum));
        subdivisions.forEach(builder::subdivision);
        return more.apply(builder);
    }

    /** Begins anew from what the store has, as after a crash. */
    void restart() {
        store.forget();
        announced = new HashSet<>();
        engine = open();
    }

    CompletionStage<PushOutcome> push(Collection<Allocation> confirmed) {
        Set<Prefix> prefixes = confirmed.stream().map(Allocation::prefix).collect(Collectors.toSet());
        pushes.add(prefixes);
        if (routerSays instanceof PushOutcome.Applied) {
            announced = prefixes;
        }
        return CompletableFuture.completedFuture(routerSays);
    }

    CompletableFuture<HandOut> take(String subdivision, AddressFamily family, String handle) {
        return engine.take(subdivision, family, handle, nowMillis).toCompletableFuture();
    }

    /** Takes an address that is given at once, or after a look. */
    Allocation given(String subdivision, AddressFamily family, String handle) {
        CompletableFuture<HandOut> answer = take(subdivision, family, handle);
        if (!answer.isDone()) {
            look(0);
        }
        if (answer.getNow(null) instanceof HandOut.Given given) {
            return given.address();
        }
        throw new AssertionError("not given: " + answer.getNow(null) + ", " + report(subdivision, family));
    }

    Release release(Allocation address) {
        return engine.release(address, nowMillis).toCompletableFuture().join();
    }

    void look(long laterMillis) {
        nowMillis += laterMillis;
        engine.look(nowMillis).toCompletableFuture().join();
    }

    void step() {
        nowMillis += STEP_MILLIS;
        engine.step(nowMillis).toCompletableFuture().join();
    }

    StockReport report(String subdivision, AddressFamily family) {
        return engine.stocks().toCompletableFuture().join().stream()
                .filter(report -> report.subdivision().equals(subdivision) && report.family() == family)
                .findFirst()
                .orElseThrow();
    }

    long count(Reason reason) {
        return reasons.getOrDefault(((Enum<?>) reason).name(), 0L);
    }

    /** Returns the status of each recorded shard. */
    Map<Prefix, AllocationStatus> shards() {
        return recorded(AllocationKind.SHARD).stream()
                .collect(Collectors.toMap(Allocation::prefix, Allocation::status));
    }

    List<Allocation> recorded(AllocationKind kind) {
        return store.standing(kind);
    }
}
