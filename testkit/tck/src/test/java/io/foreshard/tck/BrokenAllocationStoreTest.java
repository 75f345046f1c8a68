package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationStore;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A contract test that never fails is worth nothing: each way to break the contract is noticed. */
class BrokenAllocationStoreTest {

    private final MemoryStore.Disk disk = new MemoryStore.Disk();

    private static AllocationStoreContract contractOf(Supplier<AllocationStore> opened) {
        return opened::get;
    }

    private static void assertNoticed(Executable test) {
        assertThrows(AssertionError.class, test);
    }

    @Test
    void noticesAStoreThatComparesNothing() {
        AllocationStoreContract contract = contractOf(() -> new MemoryStore(disk) {
            @Override
            boolean isExpected(Optional<Allocation> now, Allocation next) {
                return true;
            }
        });
        assertNoticed(contract::refusesWhatExpectsSomethingElse);
        assertNoticed(contract::refusesToEndWhatDoesNotStand);
    }

    @Test
    void noticesAStoreThatForgetsTheFloor() {
        AllocationStoreContract contract = contractOf(() -> new MemoryStore(disk) {
            @Override
            void end(Allocation last) {}
        });
        assertNoticed(contract::refusesALateChangeOfAFormerOwner);
        assertNoticed(contract::keepsOneFloorForEachKind);
    }

    @Test
    void noticesAStoreThatKeepsNothing() {
        AllocationStoreContract contract = contractOf(() -> new MemoryStore(new MemoryStore.Disk()));
        assertNoticed(contract::keepsWhatWasAcknowledged);
        assertNoticed(contract::closingLeavesNothingInTheDark);
    }

    @Test
    void noticesAStoreThatLosesTheLastChangeOfABatch() {
        AllocationStoreContract contract = contractOf(() -> {
            disk.standing
                    .values()
                    .forEach(all -> all.keySet().stream().skip(255).toList().forEach(all::remove));
            return new MemoryStore(disk);
        });
        assertNoticed(contract::losesNothingWhereBatchesMeet);
    }

    @Test
    void noticesAStoreThatTellsLessThanItRecords() {
        AllocationStoreContract contract = contractOf(() -> new MemoryStore(disk) {
            @Override
            void tell(AllocationChange change) {
                if (change.revision() % 7 != 0) {
                    super.tell(change);
                }
            }
        });
        assertNoticed(contract::tellsOfEveryChangeInOrder);
    }

    @Test
    void noticesAStoreThatGoesOnWhenItIsClosed() {
        AllocationStoreContract contract = contractOf(() -> new MemoryStore(disk) {
            @Override
            public void close() {}
        });
        assertNoticed(contract::saysThatItIsClosed);
        assertNoticed(contract::holdsItsLeaseUntilItIsClosed);
    }
}
