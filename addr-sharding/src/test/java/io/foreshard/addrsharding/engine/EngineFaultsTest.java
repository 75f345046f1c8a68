package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What goes wrong beside the engine costs no address, and it opens again. */
class EngineFaultsTest {

    private final EngineRig rig = new EngineRig();

    private AddressSharder opened(AddressSharderBuilder builder) {
        return builder.open(rig.nowMillis).toCompletableFuture().join();
    }

    @Test
    void opensAgainAfterChangesThatWereNeverRecorded() {
        rig.store.isAway = true;
        for (int i = 0; i < 40; i++) {
            rig.take("web", IPV4, "early-" + i);
            rig.look(100);
        }
        rig.store.isAway = false;
        Allocation given = rig.given("db", IPV4, "vm");
        rig.restart();
        assertEquals(given.prefix(), rig.given("db", IPV4, "vm").prefix());
        rig.given("web", IPV4, "late");
    }

    @Test
    void aRangeIsNotRecordedBeforeWhatIsKnownOfThoseThatItOverlaps() {
        List<Allocation> settled = new ArrayList<>();
        Recorder recorder =
                new Recorder(rig.store, Runnable::run, true, (allocation, outcome) -> settled.add(allocation));
        Allocation small = shard("10.0.0.32/28", AllocationStatus.PENDING, 1);
        recorder.record(small);
        rig.store.isAway = true;
        Allocation ended = shard("10.0.0.32/28", AllocationStatus.FREE, 2);
        recorder.record(ended);
        rig.store.isAway = false;
        Allocation large = shard("10.0.0.32/27", AllocationStatus.PENDING, 3);
        recorder.record(large);
        assertEquals(List.of(small), settled);
        recorder.retry();
        assertEquals(List.of(small, ended, large), settled);
        assertEquals(0, recorder.unrecorded());
    }

    private static Allocation shard(String prefix, AllocationStatus status, long sequence) {
        return new Allocation(
                AllocationKind.SHARD, Prefix.parse(prefix), "web", "shard-" + prefix, status, sequence, 0);
    }

    @Test
    void fewerShardsMayBeConfiguredThanThereAre() {
        for (int i = 0; i < 40; i++) {
            rig.given("web", IPV4, "vm-" + i);
        }
        rig.engine = opened(AddressSharder.builder(ImmediateEventExecutor.INSTANCE, rig.store)
                .allocator(ContiguousAllocator.builder()
                        .pool(Prefix.parse("10.64.0.0/20"))
                        .unitLength(AddressFamily.IPV4, 28))
                .subdivision(new SubdivisionSettings("web", IPV4, 28, 1)));
        assertEquals(3, rig.report("web", IPV4).shards());
        assertEquals(40, rig.report("web", IPV4).inUse());
    }

    @Test
    void namesThatNoStoreKeepsAreRefused() {
        rig.given("web", IPV4, "vm");
        assertEquals(
                new HandOut.Refused(HandOutReason.BAD_HANDLE),
                rig.take("web", IPV4, "x".repeat(256)).join());
        assertEquals(
                new HandOut.Refused(HandOutReason.BAD_HANDLE),
                rig.take("web", IPV4, "\ud800").join());
        assertThrows(IllegalArgumentException.class, () -> new SubdivisionSettings("ü".repeat(128), IPV4, 28, 1));
    }

    @Test
    void whatCannotBeWarmedIsOrderedAgain() {
        int[] calls = new int[1];
        rig.engine = opened(rig.builder().warmer((subdivision, addresses) -> {
            calls[0]++;
            if (calls[0] == 1) {
                throw new IllegalStateException("no answer");
            }
            return calls[0] == 2
                    ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                    : CompletableFuture.completedFuture(null);
        }));
        CompletableFuture<HandOut> answer = rig.take("web", IPV4, "vm");
        rig.look(1000);
        rig.look(1000);
        assertInstanceOf(HandOut.Given.class, answer.join());
        assertTrue(calls[0] >= 3, "" + calls[0]);
    }

    @Test
    void aReleaseWithATimeFarAheadHoldsUpNobody() {
        List<Allocation> all = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            all.add(rig.given("web", IPV4, "vm-" + i));
        }
        rig.engine.release(all.get(0), rig.nowMillis + 86_400_000);
        all.subList(1, 128).forEach(rig::release);
        rig.look(120_000);
        CompletableFuture<HandOut> next = rig.take("web", IPV4, "next");
        rig.look(1000);
        assertFalse(next.isCompletedExceptionally());
        assertInstanceOf(HandOut.Given.class, next.getNow(null), "" + rig.report("web", IPV4));
    }
}
