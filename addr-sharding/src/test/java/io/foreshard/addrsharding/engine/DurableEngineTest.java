package io.foreshard.addrsharding.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.journal.JournalStore;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on its journal, with real threads and a real disk. */
class DurableEngineTest {

    private static final int MACHINES = 2000;
    private static final long DAY = 86_400_000;

    @TempDir
    Path directory;

    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final DefaultEventExecutor executor = new DefaultEventExecutor();

    @AfterEach
    void stop() {
        disk.shutdownNow();
        executor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private AddressSharder open(JournalStore store) throws Exception {
        return AddressSharder.builder(executor, store)
                .allocator(ContiguousAllocator.builder()
                        .pool(Prefix.parse("10.64.0.0/16"))
                        .unitLength(AddressFamily.IPV4, 26))
                .subdivision(new SubdivisionSettings("web", AddressFamily.IPV4, 26, 100))
                .open(DAY)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBurstIsServedRecordedAndThereAgainAfterARestart() throws Exception {
        Set<Prefix> before = new HashSet<>();
        try (JournalStore store = JournalStore.builder(directory, disk).open();
                AddressSharder engine = open(store)) {
            List<CompletableFuture<HandOut>> answers = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                answers.add(engine.take("web", AddressFamily.IPV4, "vm-" + i, DAY + i)
                        .toCompletableFuture());
            }
            for (CompletableFuture<HandOut> answer : answers) {
                HandOut.Given given = assertInstanceOf(HandOut.Given.class, answer.get(10, TimeUnit.SECONDS));
                assertTrue(before.add(given.address().prefix()), "twice: " + given);
            }
        }
        try (JournalStore store = JournalStore.builder(directory, disk).open();
                AddressSharder engine = open(store)) {
            Set<Prefix> after = new HashSet<>();
            for (int i = 0; i < MACHINES; i++) {
                after.add(addressOf(engine, "vm-" + i).prefix());
            }
            assertEquals(before, after);
            assertTrue(before.stream().noneMatch(addressOf(engine, "one more").prefix()::equals));
        }
    }

    @Test
    void aDayIsReplayedFromTheJournal() throws Exception {
        List<PrefetchPlan> plans = new ArrayList<>();
        try (JournalStore store = JournalStore.builder(directory, disk).open();
                AddressSharder engine = open(store)) {
            for (int minute = 0; minute < 300; minute++) {
                long now = DAY + minute * 60_000L;
                CompletableFuture<HandOut> answer = engine.take("web", AddressFamily.IPV4, "vm-" + minute, now)
                        .toCompletableFuture();
                assertInstanceOf(HandOut.Given.class, answer.get(10, TimeUnit.SECONDS));
            }
            DayReplay replay = new DayReplay(Prefetcher.builder().build(), Duration.ofMinutes(5), plans::add);
            store.history(0, 2 * DAY, replay::take);
            replay.endStep();
        }
        assertEquals(60, plans.size());
        PrefetchPlan last = plans.get(59);
        assertTrue(last.target() >= 1, last.explain());
        assertTrue(last.explain().startsWith("web IPV4: COVERS_RECENT"), last.explain());
    }

    @Test
    void aReplayDoesNotStepToAFarFuture() {
        int[] plans = new int[1];
        DayReplay replay = new DayReplay(Prefetcher.builder().build(), Duration.ofMinutes(1), plan -> plans[0]++);
        for (long millis : new long[] {DAY, Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            Allocation address = new Allocation(
                    AllocationKind.ADDRESS,
                    Prefix.parse("10.64.0.1/32"),
                    "web",
                    "vm",
                    AllocationStatus.CONFIRMED,
                    1,
                    millis);
            replay.take(new AllocationChange(1, address, 0));
        }
        replay.endStep();
        assertEquals(4097, plans[0]);
    }

    private static Allocation addressOf(AddressSharder engine, String handle)
            throws InterruptedException, TimeoutException, java.util.concurrent.ExecutionException {
        HandOut answer = engine.take("web", AddressFamily.IPV4, handle, DAY + 60_000)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return assertInstanceOf(HandOut.Given.class, answer).address();
    }
}
