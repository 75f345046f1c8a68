package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.MachineInventory.Machines;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses of machines that are gone without a word; a step is as long as the shortest grace. */
class LeakSearchTest {

    private final EngineRig rig = new EngineRig();
    private final Set<String> alive = new HashSet<>();
    private Supplier<CompletionStage<Machines>> inventory =
            () -> CompletableFuture.completedFuture(new Machines(rig.nowMillis, Set.copyOf(alive)));

    @BeforeEach
    void open() {
        rig.more = builder -> builder.inventory((subdivision, family) -> inventory.get(), Duration.ofMinutes(5));
        rig.restart();
    }

    private Allocation given(String handle) {
        alive.add(handle);
        return rig.given("web", IPV4, handle);
    }

    private AllocationStatus status(Allocation address) {
        return rig.recorded(AllocationKind.ADDRESS).stream()
                .filter(each -> each.prefix().equals(address.prefix()))
                .map(Allocation::status)
                .findFirst()
                .orElse(AllocationStatus.FREE);
    }

    @Test
    void whatNoMachineHasTwiceIsTakenBackAndCools() {
        Allocation lost = given("lost");
        Allocation kept = given("kept");
        alive.remove("lost");
        rig.step();
        assertEquals(AllocationStatus.CONFIRMED, status(lost));
        rig.step();
        assertEquals(AllocationStatus.COOLING, status(lost));
        assertEquals(AllocationStatus.CONFIRMED, status(kept));
        assertEquals(1, rig.count(EngineReason.ADDRESS_RECLAIMED));
        assertEquals(1, rig.report("web", IPV4).reclaimed());
        assertEquals(1, rig.report("web", IPV4).inUse());
        assertNotEquals(lost.prefix(), given("next").prefix());
        assertEquals(new Release.Refused(HandOutReason.NOT_HELD), rig.release(lost));
    }

    @Test
    void aMachineThatIsSeenAgainKeepsItsAddress() {
        Allocation moving = given("moving");
        alive.remove("moving");
        rig.step();
        alive.add("moving");
        rig.step();
        alive.remove("moving");
        rig.step();
        assertEquals(AllocationStatus.CONFIRMED, status(moving));
    }

    @Test
    void itIsAskedOnceMoreRightBefore() {
        Allocation late = given("late");
        alive.remove("late");
        rig.step();
        int[] asked = new int[1];
        inventory = () -> CompletableFuture.completedFuture(
                new Machines(rig.nowMillis, asked[0]++ % 4 == 0 ? Set.of() : Set.of("late")));
        rig.step();
        assertTrue(asked[0] > 3, "" + asked[0]);
        assertEquals(AllocationStatus.CONFIRMED, status(late));
    }

    @Test
    void nothingIsTakenBackWhileTheInventoryFails() {
        Allocation held = given("held");
        alive.clear();
        rig.step();
        inventory = () -> CompletableFuture.failedFuture(new IllegalStateException("away"));
        rig.step();
        inventory = () -> {
            throw new IllegalStateException("away");
        };
        rig.step();
        assertEquals(6, rig.count(EngineReason.INVENTORY_AWAY), "three subdivisions, twice");
        inventory = CompletableFuture::new;
        rig.step();
        rig.look(1);
        rig.look(60_000);
        assertEquals(9, rig.count(EngineReason.INVENTORY_AWAY));
        assertEquals(AllocationStatus.CONFIRMED, status(held));
    }

    @Test
    void nothingIsTakenBackByAnInventoryThatStandsStill() {
        Allocation held = given("held");
        alive.clear();
        long stale = rig.nowMillis;
        inventory = () -> CompletableFuture.completedFuture(new Machines(stale, Set.of()));
        for (int i = 0; i < 5; i++) {
            rig.step();
        }
        assertEquals(AllocationStatus.CONFIRMED, status(held));
        assertTrue(rig.count(EngineReason.INVENTORY_STALE) >= 9, "" + rig.reasons);
        inventory = () -> CompletableFuture.completedFuture(new Machines(rig.nowMillis + 100_000, Set.of()));
        rig.step();
        rig.step();
        assertEquals(AllocationStatus.CONFIRMED, status(held));
    }

    @Test
    void anAddressThatWasGivenBackAndTakenAgainIsSeenAnew() {
        Allocation first = given("vm");
        alive.clear();
        rig.step();
        assertInstanceOf(Release.Done.class, rig.release(first));
        Allocation second = given("vm");
        alive.clear();
        rig.step();
        assertEquals(AllocationStatus.CONFIRMED, status(second));
        rig.step();
        assertEquals(AllocationStatus.COOLING, status(second));
    }

    @Test
    void whatCannotBeRecordedStaysHeldAndIsTriedAgain() {
        Allocation lost = given("lost");
        alive.clear();
        rig.step();
        rig.store.isAway = true;
        rig.step();
        assertEquals(0, rig.count(EngineReason.ADDRESS_RECLAIMED));
        assertEquals(1, rig.report("web", IPV4).inUse());
        rig.store.isAway = false;
        rig.step();
        assertEquals(AllocationStatus.COOLING, status(lost));
    }

    @Test
    void aRetiredSubdivisionIsFreedByIt() {
        given("vm");
        alive.clear();
        rig.subdivisions.removeIf(each -> each.subdivision().equals("web"));
        rig.restart();
        for (int i = 0; i < 5; i++) {
            rig.step();
        }
        assertTrue(rig.shards().isEmpty(), "" + rig.shards());
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
    }
}
