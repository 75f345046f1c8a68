package io.foreshard.tck;

import static io.foreshard.tck.StoreCalls.address;
import static io.foreshard.tck.StoreCalls.append;
import static io.foreshard.tck.StoreCalls.commit;
import static io.foreshard.tck.StoreCalls.contents;
import static io.foreshard.tck.StoreCalls.get;
import static io.foreshard.tck.StoreCalls.shard;
import static io.foreshard.tck.StoreCalls.standing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What address sharding relies on in an {@link AllocationStore}. A test class implements {@link #open()} and inherits the tests. All that
 * the interface has is asked for: a store that nobody shares has a lease that ends when it is closed, and tells a watch of its own
 * changes. The changes are the same in every run.
 */
public interface AllocationStoreContract {

    /**
     * Opens the store of a test: an empty one at the first call, later the one that was closed, as a new process finds it. Has room for ten
     * thousand changes on their way and as many allocations.
     *
     * @return to be closed by the test
     * @throws Exception fails the test
     */
    AllocationStore open() throws Exception;

    /** What was recorded is read, with all its values, and nothing else. */
    @Test
    default void readsWhatWasRecorded() throws Exception {
        try (AllocationStore store = open()) {
            assertEquals(new StoreContents(0, 0, 0, 0), get(store.load(each -> {})));
            Allocation shard = shard("10.0.0.0/24", AllocationStatus.PENDING, 1);
            Allocation address = new Allocation(
                    AllocationKind.ADDRESS,
                    address(7, AllocationStatus.CONFIRMED, 1).prefix(),
                    "Zürich \"1\"\n",
                    "",
                    AllocationStatus.DRAINING,
                    Long.MAX_VALUE - 1,
                    -1);
            assertEquals(new AllocationChange(1, shard, 0), commit(store, shard));
            assertEquals(2, commit(store, address).revision());
            assertEquals(List.of(shard, address), standing(store));
            assertEquals(new StoreContents(2, 2, 0, 0), contents(store));
        }
    }

    /** Of two changes that rest on the same one, one is recorded; the other is told what stands. */
    @Test
    default void refusesWhatExpectsSomethingElse() throws Exception {
        try (AllocationStore store = open()) {
            Allocation mine = shard("10.0.0.0/24", AllocationStatus.PENDING, 1);
            commit(store, mine);
            for (long sequence : new long[] {1, 3, Long.MAX_VALUE}) {
                AppendOutcome outcome = append(store, shard("10.0.0.0/24", AllocationStatus.CONFIRMED, sequence));
                assertEquals(new AppendOutcome.Conflict(Optional.of(mine), 0), outcome);
            }
            assertEquals(List.of(mine), standing(store));
            assertEquals(1, contents(store).revision(), "a conflict is no change");
        }
    }

    /** An allocation that does not stand cannot be ended. */
    @Test
    default void refusesToEndWhatDoesNotStand() throws Exception {
        try (AllocationStore store = open()) {
            Allocation free = shard("10.0.0.0/24", AllocationStatus.FREE, 1);
            assertEquals(new AppendOutcome.Conflict(Optional.empty(), 0), append(store, free));
        }
    }

    /** Sequences of a prefix grow from one owner to the next, also when the store was closed between. */
    @Test
    default void refusesALateChangeOfAFormerOwner() throws Exception {
        try (AllocationStore store = open()) {
            commit(store, shard("10.0.0.0/24", AllocationStatus.CONFIRMED, 1));
            commit(store, shard("10.0.0.0/24", AllocationStatus.FREE, 2));
        }
        try (AllocationStore store = open()) {
            AppendOutcome late = append(store, shard("10.0.0.0/24", AllocationStatus.DRAINING, 2));
            assertEquals(new AppendOutcome.Conflict(Optional.empty(), 2), late);
            assertEquals(new StoreContents(2, 0, 2, 0), contents(store));
            commit(store, shard("10.0.0.0/24", AllocationStatus.PENDING, 3));
        }
    }

    /** The floor is one number for each kind; above it, a prefix that nobody has may start anywhere. */
    @Test
    default void keepsOneFloorForEachKind() throws Exception {
        try (AllocationStore store = open()) {
            commit(store, shard("10.0.0.0/24", AllocationStatus.CONFIRMED, 40));
            commit(store, shard("10.0.0.0/24", AllocationStatus.FREE, 41));
            commit(store, shard("10.0.1.0/24", AllocationStatus.CONFIRMED, 50));
            assertEquals(
                    new AppendOutcome.Conflict(Optional.empty(), 41),
                    append(store, shard("10.0.2.0/24", AllocationStatus.PENDING, 41)));
            commit(store, shard("10.0.2.0/24", AllocationStatus.PENDING, 42));
            commit(store, address(1, AllocationStatus.PENDING, 1));
            assertEquals(new StoreContents(5, 3, 41, 0), contents(store));
        }
    }

    /** A shard of one address and that address are two things. */
    @Test
    default void keepsShardsAndAddressesApart() throws Exception {
        try (AllocationStore store = open()) {
            Allocation address = address(9, AllocationStatus.CONFIRMED, 1);
            Allocation shard = shard(address.prefix().toString(), AllocationStatus.PENDING, 1);
            commit(store, address);
            commit(store, shard);
            commit(store, address(9, AllocationStatus.FREE, 2));
            assertEquals(List.of(shard), standing(store));
        }
    }

    /** A change may build upon one that is still on its way, and stages complete in the order of the calls. */
    @Test
    default void takesChangesInTheOrderOfTheCalls() throws Exception {
        try (AllocationStore store = open()) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            List<CompletionStage<?>> stages = new ArrayList<>();
            List<CompletionStage<AppendOutcome>> outcomes = new ArrayList<>();
            AllocationStatus[] life = {
                AllocationStatus.PENDING, AllocationStatus.CONFIRMED, AllocationStatus.DRAINING, AllocationStatus.FREE
            };
            for (int i = 0; i < 400; i++) {
                int call = i;
                CompletionStage<AppendOutcome> outcome =
                        store.append(shard("10.0.0.0/24", life[i % life.length], i + 1));
                outcomes.add(outcome);
                stages.add(outcome.thenRun(() -> order.add(call)));
            }
            stages.forEach(StoreCalls::get);
            for (int i = 0; i < outcomes.size(); i++) {
                AppendOutcome outcome = get(outcomes.get(i));
                assertEquals(
                        i + 1,
                        assertInstanceOf(AppendOutcome.Committed.class, outcome)
                                .change()
                                .revision());
            }
            assertEquals(IntStream.range(0, 400).boxed().toList(), order);
        }
    }

    /** However many changes are on their way at once, each is recorded once, in order. */
    @Test
    default void losesNothingWhereBatchesMeet() throws Exception {
        int[] bursts = {1, 2, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025, 4095, 4096, 4097};
        long revision = 0;
        int number = 0;
        for (int burst : bursts) {
            try (AllocationStore store = open()) {
                List<CompletionStage<AppendOutcome>> outcomes = new ArrayList<>();
                for (int i = 0; i < burst; i++) {
                    boolean isFull = number >= 2048;
                    AllocationStatus status = isFull ? AllocationStatus.CONFIRMED : AllocationStatus.PENDING;
                    long sequence = 1L + number / 2048;
                    outcomes.add(store.append(address(number++ % 2048, status, sequence)));
                }
                for (CompletionStage<AppendOutcome> outcome : outcomes) {
                    AppendOutcome.Committed committed =
                            assertInstanceOf(AppendOutcome.Committed.class, get(outcome), "burst of " + burst);
                    assertEquals(++revision, committed.change().revision(), "burst of " + burst);
                }
                assertEquals(
                        new StoreContents(revision, Math.min(number, 2048), 0, 0),
                        contents(store),
                        "burst of " + burst);
            }
        }
    }

    /** What was acknowledged is there when the store is opened again, and what was refused is not. */
    @Test
    default void keepsWhatWasAcknowledged() throws Exception {
        RandomChanges changes = new RandomChanges(1);
        for (int round = 0; round < 5; round++) {
            try (AllocationStore store = open()) {
                assertEquals(changes.standing(), standing(store), "round " + round);
                assertEquals(changes.contents(), contents(store), "round " + round);
                List<Allocation> next = changes.next(500);
                List<CompletionStage<AppendOutcome>> outcomes =
                        next.stream().map(store::append).toList();
                for (CompletionStage<AppendOutcome> outcome : outcomes) {
                    assertInstanceOf(AppendOutcome.Committed.class, get(outcome), "round " + round);
                }
                AppendOutcome again = append(store, next.get(0));
                assertInstanceOf(AppendOutcome.Conflict.class, again, "round " + round);
            }
        }
    }

    /** Changes on their way when the store is closed end one way or the other, and what they say is true. */
    @Test
    default void closingLeavesNothingInTheDark() throws Exception {
        List<CompletionStage<AppendOutcome>> outcomes = new ArrayList<>();
        try (AllocationStore store = open()) {
            for (int i = 0; i < 3000; i++) {
                outcomes.add(store.append(address(i, AllocationStatus.PENDING, 1)));
            }
        }
        try (AllocationStore store = open()) {
            List<Allocation> standing = standing(store);
            for (int i = 0; i < outcomes.size(); i++) {
                AppendOutcome outcome = get(outcomes.get(i));
                boolean isThere = standing.contains(address(i, AllocationStatus.PENDING, 1));
                assertFalse(outcome instanceof AppendOutcome.Conflict, "nobody else was there");
                assertFalse(outcome instanceof AppendOutcome.Committed && !isThere, "lost: change " + i);
                boolean isRefused = outcome instanceof AppendOutcome.Unavailable refused && !refused.inDoubt();
                assertFalse(isRefused && isThere, "recorded though refused: change " + i);
            }
        }
    }

    /** However many threads want the same prefix, one gets it. */
    @Test
    default void givesNoPrefixTwoOwners() throws Exception {
        try (AllocationStore store = open()) {
            List<List<AllocationChange>> won = ParallelCalls.onThreads(
                    6, () -> StoreCalls.compete(store, Thread.currentThread().getName()));
            List<AllocationChange> all = won.stream()
                    .flatMap(List::stream)
                    .sorted((a, b) -> Long.compare(a.revision(), b.revision()))
                    .toList();
            assertEquals(
                    LongStream.rangeClosed(1, all.size()).boxed().toList(),
                    all.stream().map(AllocationChange::revision).toList());
            assertEquals(StoreCalls.replay(all), standing(store));
        }
    }

    /** Who watches and then reads misses nothing, whatever others do meanwhile. */
    @Test
    default void tellsOfEveryChangeInOrder() throws Exception {
        try (AllocationStore store = open()) {
            commit(store, shard("10.0.1.0/24", AllocationStatus.PENDING, 1));
            BlockingQueue<AllocationChange> told = new LinkedBlockingQueue<>();
            AllocationStore.Watch watch = store.watch(told::add);
            List<List<AllocationChange>> won = ParallelCalls.onThreads(
                    3, () -> StoreCalls.compete(store, Thread.currentThread().getName()));
            long last = won.stream().mapToLong(List::size).sum() + 1;
            for (long revision = 2; revision <= last; revision++) {
                AllocationChange change = told.poll(StoreCalls.SECONDS, TimeUnit.SECONDS);
                assertEquals(revision, change == null ? -1 : change.revision(), "told of every revision, in order");
            }
            watch.close();
            watch.close();
            commit(
                    store,
                    shard(
                            "10.0.9.0/24",
                            AllocationStatus.PENDING,
                            contents(store).shardFloor() + 1));
            get(store.load(each -> {}));
            assertEquals(0, told.size(), "told after the watch was closed");
        }
    }

    /** A listener that fails harms neither the store nor who else listens. */
    @Test
    default void goesOnWhenAListenerFails() throws Exception {
        try (AllocationStore store = open()) {
            BlockingQueue<AllocationChange> told = new LinkedBlockingQueue<>();
            store.watch(change -> {
                throw new IllegalStateException("thrown by a test");
            });
            store.watch(told::add);
            AllocationChange change = commit(store, shard("10.0.0.0/24", AllocationStatus.PENDING, 1));
            assertEquals(change, told.poll(StoreCalls.SECONDS, TimeUnit.SECONDS));
        }
    }

    /** A name comes back as it was given, or is refused at once. */
    @Test
    default void namesComeBackOrAreRefused() throws Exception {
        try (AllocationStore store = open()) {
            List<Allocation> expected = new ArrayList<>();
            int number = 0;
            for (String name :
                    List.of("", " ", "\0", "a\nb", "é".repeat(127), "\ud83d\ude00", "\ud800", "x".repeat(1 << 20))) {
                Allocation named = StoreCalls.named(number++, name);
                try {
                    CompletionStage<AppendOutcome> outcome = store.append(named);
                    assertInstanceOf(AppendOutcome.Committed.class, get(outcome), "name of " + name.length());
                    expected.add(named);
                } catch (IllegalArgumentException refused) {
                    assertFalse(name.isBlank(), "a short name was refused: " + refused.getMessage());
                }
            }
            assertEquals(expected, standing(store));
        }
    }

    /** A lease is held until the store is closed, and tells when it ends. */
    @Test
    default void holdsItsLeaseUntilItIsClosed() throws Exception {
        AllocationStore store = open();
        assertTrue(store.lease().isHeld());
        assertFalse(store.lease().holder().isBlank());
        assertFalse(store.lease().ended().toCompletableFuture().isDone());
        store.close();
        assertFalse(store.lease().isHeld());
        assertEquals(StoreFailure.Reason.CLOSED, get(store.lease().ended()).reason());
    }

    /** A closed store takes and tells nothing, and says so. */
    @Test
    default void saysThatItIsClosed() throws Exception {
        AllocationStore store = open();
        store.close();
        store.close();
        AppendOutcome outcome = append(store, shard("10.0.0.0/24", AllocationStatus.PENDING, 1));
        AppendOutcome.Unavailable refused = assertInstanceOf(AppendOutcome.Unavailable.class, outcome);
        assertEquals(StoreFailure.Reason.CLOSED, refused.failure().reason());
        assertFalse(refused.inDoubt(), "nothing was tried");
        CompletionException failed = assertThrows(CompletionException.class, () -> get(store.load(each -> {})));
        assertEquals(
                StoreFailure.Reason.CLOSED,
                assertInstanceOf(StoreException.class, failed.getCause())
                        .failure()
                        .reason());
        try (AllocationStore again = open()) {
            assertEquals(List.of(), standing(again));
        }
    }
}
