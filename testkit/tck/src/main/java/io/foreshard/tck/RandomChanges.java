package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.StoreContents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Changes of few prefixes that come and go, each of which can be recorded, and what stands after them. */
final class RandomChanges {

    private static final int PREFIXES = 100;

    private final SplittableRandom random;
    private final Model model = new Model();

    RandomChanges(long seed) {
        random = new SplittableRandom(seed);
    }

    List<Allocation> next(int count) {
        List<Allocation> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Allocation next = next();
            model.take(next);
            changes.add(next);
        }
        return changes;
    }

    private Allocation next() {
        int number = random.nextInt(PREFIXES);
        Allocation first = number % 2 == 0
                ? StoreCalls.address(number, AllocationStatus.PENDING, 1)
                : StoreCalls.shard("10.0." + number + ".0/24", AllocationStatus.PENDING, 1);
        Allocation now = model.standing(first);
        AllocationStatus status = now == null
                ? AllocationStatus.PENDING
                : AllocationStatus.values()[(now.status().ordinal() + 1) % AllocationStatus.values().length];
        long sequence = (now == null ? model.floor(first.kind()) + random.nextInt(3) : now.sequence()) + 1;
        return new Allocation(
                first.kind(),
                first.prefix(),
                first.subdivision(),
                now == null ? "handle " + random.nextInt() : now.handle(),
                status,
                sequence,
                random.nextInt());
    }

    List<Allocation> standing() {
        return model.standing();
    }

    StoreContents contents() {
        return model.contents();
    }

    /** What a store is to hold. */
    static final class Model {

        private final Map<List<?>, Allocation> standing = new HashMap<>();
        private final Map<AllocationKind, Long> floors = new HashMap<>();
        private long revision;

        void take(Allocation next) {
            Allocation now = standing(next);
            if (now == null) {
                assertTrue(next.sequence() > floor(next.kind()), () -> "below the floor: " + next);
                assertTrue(next.status() != AllocationStatus.FREE, () -> "nobody had it: " + next);
            } else {
                assertEquals(now.sequence() + 1, next.sequence(), () -> next + " after " + now);
            }
            if (next.status() == AllocationStatus.FREE) {
                standing.remove(key(next));
                floors.merge(next.kind(), next.sequence(), Math::max);
            } else {
                standing.put(key(next), next);
            }
            revision++;
        }

        @Nullable
        Allocation standing(Allocation of) {
            return standing.get(key(of));
        }

        List<Allocation> standing() {
            return StoreCalls.ordered(standing.values());
        }

        long floor(AllocationKind kind) {
            return floors.getOrDefault(kind, 0L);
        }

        StoreContents contents() {
            return new StoreContents(
                    revision, standing.size(), floor(AllocationKind.SHARD), floor(AllocationKind.ADDRESS));
        }

        private static List<?> key(Allocation allocation) {
            return List.of(allocation.kind(), allocation.prefix());
        }
    }
}
