package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.engine.AddressSharder;
import io.foreshard.addrsharding.engine.HandOut;
import io.foreshard.addrsharding.engine.SubdivisionSettings;
import io.foreshard.addrsharding.journal.JournalStore;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.RouteTable;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.RouterLab;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The engine gives a shard back to nobody before the neighbour of a real router has lost its route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class LiveWithdrawalTest {

    private static final long LIMIT_SECONDS = 20;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int UNIT = 24;

    private final Cleanup cleanup = new Cleanup("live withdrawal");
    private final DefaultEventExecutor executor = new DefaultEventExecutor();
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final ExecutorService console = Executors.newSingleThreadExecutor();
    private RouterLab lab;

    @TempDir
    Path directory;

    @BeforeAll
    void startRouters() throws IOException {
        Optional<String> obstacle = RouterLab.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> "skipped: " + obstacle.orElse(""));
        lab = RouterLab.start(
                new FrrDialect().render(LabPlans.frr()).text(),
                new BirdDialect().render(LabPlans.bird()).text(),
                cleanup);
    }

    @AfterAll
    void stop() {
        cleanup.close();
        executor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        disk.shutdownNow();
        console.shutdownNow();
    }

    @Test
    void aShardOfFrrCoolsOnlyWhenBirdHasLostIt() throws Exception {
        FrrPush frr = FrrPush.builder(lab.frrSockets(), lab.frrFile(), console).build();
        BirdTable table = new BirdTable(lab.birdSocket(), LabPlans.FRR_POOLS, console, System::nanoTime, ANSWER);
        drain("frr", LabPlans.frr(), LabPlans.FRR_POOLS, frr, table);
    }

    @Test
    void aShardOfBirdCoolsOnlyWhenFrrHasLostIt() throws Exception {
        BirdPush bird = BirdPush.builder(lab.birdSocket(), lab.birdFile(), console)
                .trial(Duration.ofSeconds(4))
                .build();
        FrrTable table = new FrrTable(lab.frrSockets(), LabPlans.BIRD_POOLS, console, ANSWER);
        drain("bird", LabPlans.bird(), LabPlans.BIRD_POOLS, bird, table);
    }

    private <T extends RouterPush & RouterWatch> void drain(
            String name, RoutePlan base, List<Prefix> pools, T router, RouteTable table) throws Exception {
        HeldBack neighbour = new HeldBack(table);
        RouterGroup group = RouterGroup.builder()
                .router(new RoutePlanner(base, RoutePlanner.usualAttributes(base.localAs())), router)
                .table(neighbour)
                .build();
        try (JournalStore store =
                        JournalStore.builder(directory.resolve(name), disk).open();
                AddressSharder engine = done(AddressSharder.builder(executor, store)
                        .allocator(ContiguousAllocator.builder()
                                .pool(pools.get(0))
                                .pool(pools.get(1))
                                .unitLength(AddressFamily.IPV4, UNIT))
                        .subdivision(new SubdivisionSettings("blue", AddressFamily.IPV4, UNIT, 2))
                        .subdivision(new SubdivisionSettings("blue", AddressFamily.IPV6, 64, 2))
                        .cooldown(Duration.ZERO)
                        .routers(group::announce)
                        .withdrawalWatch(group)
                        .open(0))) {
            for (AddressFamily family : AddressFamily.values()) {
                goesOnlyWhenGone(engine, family, table, neighbour);
            }
        }
    }

    private static void goesOnlyWhenGone(
            AddressSharder engine, AddressFamily family, RouteTable table, HeldBack neighbour) throws Exception {
        Allocation address = assertInstanceOf(HandOut.Given.class, done(engine.take("blue", family, "vm", 1)))
                .address();
        Prefix shard = done(engine.shards()).stream()
                .map(Allocation::prefix)
                .filter(prefix -> prefix.contains(address.prefix()))
                .findFirst()
                .orElseThrow();
        awaitTrue(
                "the neighbour has " + shard,
                () -> done(table.present(Set.of(shard))).contains(shard));

        neighbour.isHeldBack = true;
        done(engine.release(address, 2));
        assertTrue(done(engine.remove("blue", family)));
        awaitTrue("the neighbour lost " + shard, () -> {
            done(engine.look(10));
            return done(table.present(Set.of(shard))).isEmpty();
        });
        int asked = neighbour.asked.get();
        awaitTrue("the engine looks", () -> {
            done(engine.look(20));
            return neighbour.asked.get() > asked + 1;
        });
        assertEquals(AllocationStatus.DRAINING, status(engine, shard));

        neighbour.isHeldBack = false;
        awaitTrue("it cools", () -> {
            done(engine.look(30));
            return status(engine, shard) == AllocationStatus.COOLING;
        });
        assertFalse(done(table.present(Set.of(shard))).contains(shard));
    }

    private static AllocationStatus status(AddressSharder engine, Prefix shard) {
        return done(engine.shards()).stream()
                .filter(each -> each.prefix().equals(shard))
                .map(Allocation::status)
                .findFirst()
                .orElse(AllocationStatus.FREE);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void awaitTrue(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, what + ": not within " + LIMIT_SECONDS + " s");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** A table that goes on having what it had, as a neighbour does that restarts gracefully. */
    private static final class HeldBack implements RouteTable {

        private final RouteTable table;
        volatile boolean isHeldBack;
        final AtomicInteger asked = new AtomicInteger();

        HeldBack(RouteTable table) {
            this.table = table;
        }

        @Override
        public CompletionStage<Set<Prefix>> present(Set<Prefix> prefixes) {
            asked.incrementAndGet();
            return table.present(prefixes).thenApply(present -> isHeldBack ? prefixes : present);
        }
    }
}
