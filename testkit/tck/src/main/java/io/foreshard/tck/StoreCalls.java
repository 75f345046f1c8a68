package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Calls of an allocation store that wait for the answer, and what to call it with. */
final class StoreCalls {

    /** How long an answer may take. */
    static final long SECONDS = 20;

    private static final int WINS = 100;
    private static final int CONTESTED = 8;
    private static final Comparator<Allocation> ORDER =
            Comparator.comparing(Allocation::kind).thenComparing(Allocation::prefix);

    private StoreCalls() {}

    static <T> T get(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    static Allocation shard(String prefix, AllocationStatus status, long sequence) {
        return new Allocation(
                AllocationKind.SHARD, Prefix.parse(prefix), "tenant", "shard " + prefix, status, sequence, sequence);
    }

    static Allocation address(int number, AllocationStatus status, long sequence) {
        Prefix host = new Prefix(AddressFamily.IPV6, 0x20010db8_00000000L, number, 128);
        return new Allocation(AllocationKind.ADDRESS, host, "tenant", "vm " + number, status, sequence, sequence);
    }

    static Allocation named(int number, String name) {
        Prefix host = new Prefix(AddressFamily.IPV4, 0, 0x0a000000L + number, 32);
        return new Allocation(AllocationKind.ADDRESS, host, name, name, AllocationStatus.PENDING, 1, 1);
    }

    static AppendOutcome append(AllocationStore store, Allocation next) {
        return get(store.append(next));
    }

    static AllocationChange commit(AllocationStore store, Allocation next) {
        return assertInstanceOf(AppendOutcome.Committed.class, append(store, next), next::toString)
                .change();
    }

    static List<Allocation> standing(AllocationStore store) {
        List<Allocation> standing = new ArrayList<>();
        StoreContents contents = get(store.load(standing::add));
        assertEquals(contents.allocations(), standing.size());
        return ordered(standing);
    }

    static List<Allocation> ordered(Collection<Allocation> allocations) {
        return allocations.stream().sorted(ORDER).toList();
    }

    static StoreContents contents(AllocationStore store) {
        return get(store.load(each -> {}));
    }

    /** Takes, keeps and gives back prefixes that others want too, and returns what was recorded of that. */
    static List<AllocationChange> compete(AllocationStore store, String owner) {
        List<AllocationChange> won = new ArrayList<>();
        for (int i = 0; won.size() < WINS; i++) {
            Prefix prefix = Prefix.parse("10.1." + i % CONTESTED + ".0/24");
            Allocation mine =
                    new Allocation(AllocationKind.SHARD, prefix, owner, owner, AllocationStatus.PENDING, 1, i);
            while (true) {
                AppendOutcome outcome = append(store, mine);
                if (outcome instanceof AppendOutcome.Committed committed) {
                    won.add(committed.change());
                    break;
                }
                mine = afresh(mine, assertInstanceOf(AppendOutcome.Conflict.class, outcome));
            }
        }
        return won;
    }

    /** A life goes on at whoever comes next: pending, confirmed, free. */
    private static Allocation afresh(Allocation mine, AppendOutcome.Conflict conflict) {
        Optional<Allocation> standing = conflict.standing();
        AllocationStatus status = standing.map(Allocation::status)
                .map(now -> now == AllocationStatus.PENDING ? AllocationStatus.CONFIRMED : AllocationStatus.FREE)
                .orElse(AllocationStatus.PENDING);
        long sequence = standing.map(Allocation::sequence).orElse(conflict.floor()) + 1;
        return new Allocation(
                mine.kind(), mine.prefix(), mine.subdivision(), mine.handle(), status, sequence, mine.sinceMillis());
    }

    /** What stands after changes in order of revision; fails where one does not rest on what stood. */
    static List<Allocation> replay(List<AllocationChange> changes) {
        RandomChanges.Model model = new RandomChanges.Model();
        changes.forEach(change -> model.take(change.allocation()));
        return model.standing();
    }
}
