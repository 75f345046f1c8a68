package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Allocations for tests, and the state of a store as a map. */
final class Allocations {

    private static final Duration MOST = Duration.ofSeconds(20);

    private Allocations() {}

    static Allocation shard(String prefix, AllocationStatus status, long sequence) {
        return shard(prefix, "shard-" + prefix, status, sequence, 1_000 + sequence);
    }

    static Allocation shard(String prefix, String handle, AllocationStatus status, long sequence, long millis) {
        return new Allocation(AllocationKind.SHARD, Prefix.parse(prefix), "tenant", handle, status, sequence, millis);
    }

    static Allocation address(String prefix, AllocationStatus status, long sequence) {
        return new Allocation(
                AllocationKind.ADDRESS, Prefix.parse(prefix), "tenant", "vm-" + prefix, status, sequence, 5);
    }

    static AppendOutcome append(AllocationStore store, Allocation next) {
        return await(store.append(next).toCompletableFuture());
    }

    static AllocationChange commit(AllocationStore store, Allocation next) {
        return assertInstanceOf(AppendOutcome.Committed.class, append(store, next))
                .change();
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(MOST.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    /** Returns what stands, by kind and prefix. */
    static Map<String, Allocation> state(AllocationStore store) {
        Map<String, Allocation> state = new TreeMap<>();
        StoreContents contents =
                await(store.load(allocation -> put(state, allocation)).toCompletableFuture());
        assertEquals(contents.allocations(), state.size(), "one entry for each prefix");
        return state;
    }

    static Map<String, Allocation> state(AllocationTable table) {
        Map<String, Allocation> state = new TreeMap<>();
        table.forEach(allocation -> put(state, allocation));
        assertEquals(table.size(), state.size(), "one entry for each prefix");
        return state;
    }

    static void put(Map<String, Allocation> state, Allocation allocation) {
        String key = allocation.kind() + " " + allocation.prefix();
        if (allocation.status() == AllocationStatus.FREE) {
            state.remove(key);
        } else {
            state.put(key, allocation);
        }
    }
}
