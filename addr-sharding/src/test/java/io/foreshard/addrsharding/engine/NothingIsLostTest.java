package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever fails, and whenever it crashes: no address has two holders, and none that was given is lost. */
class NothingIsLostTest {

    private static final int ROUNDS = 20;
    private static final int ACTIONS = 600;

    @Test
    void noAddressIsGivenTwiceNorLost() {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            new Run(seed + round).go();
        }
    }

    private static final class Run {

        private final long seed;
        private final Random random;
        private final EngineRig rig = new EngineRig();
        private final Map<String, Allocation> held = new HashMap<>();
        private final Map<Prefix, String> holders = new HashMap<>();
        private final Map<String, CompletableFuture<HandOut>> asked = new HashMap<>();
        private final Map<Allocation, CompletableFuture<Release>> releasing = new HashMap<>();
        private int machines;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        void go() {
            for (int action = 0; action < ACTIONS; action++) {
                act();
                harvest();
            }
            recover();
            check();
        }

        private void act() {
            switch (random.nextInt(20)) {
                case 0 -> rig.store.isAway = random.nextInt(3) == 0;
                case 1 -> rig.store.holds = random.nextBoolean();
                case 2 ->
                    rig.routerSays =
                            random.nextBoolean() ? new PushOutcome.Applied() : new PushOutcome.Unreachable("away");
                case 3 -> crash();
                case 4 -> rig.step();
                case 5, 6 -> rig.look(random.nextInt(20_000));
                case 7, 8 -> rig.store.flush();
                case 9, 10, 11, 12 -> releaseOne();
                default -> askOne();
            }
        }

        private void askOne() {
            String handle = "vm-" + machines++;
            asked.put(handle, rig.take("web", IPV4, handle));
        }

        private void releaseOne() {
            List<Allocation> all = new ArrayList<>(held.values());
            if (!all.isEmpty()) {
                Allocation one = all.get(random.nextInt(all.size()));
                if (!releasing.containsKey(one)) {
                    releasing.put(one, rig.engine.release(one, rig.nowMillis).toCompletableFuture());
                }
            }
        }

        private void harvest() {
            releasing.entrySet().removeIf(request -> {
                Release answer = request.getValue().getNow(null);
                if (answer instanceof Release.Done) {
                    Allocation address = request.getKey();
                    held.remove(address.handle());
                    holders.remove(address.prefix(), address.handle());
                }
                return answer != null;
            });
            asked.entrySet().removeIf(request -> {
                HandOut answer = request.getValue().getNow(null);
                if (answer instanceof HandOut.Given given) {
                    Allocation address = given.address();
                    assertNull(
                            holders.put(address.prefix(), request.getKey()),
                            () -> "seed " + seed + ": twice " + address + " of "
                                    + rig.store.changes.stream()
                                            .filter(change -> change.prefix().equals(address.prefix()))
                                            .map(change ->
                                                    change.handle() + " " + change.status() + " " + change.sequence())
                                            .toList());
                    held.put(request.getKey(), address);
                }
                return answer != null;
            });
        }

        /** What was on its way may have been recorded or not: whoever asked asks again. */
        private void crash() {
            rig.store.isAway = false;
            rig.restart();
            rig.store.holds = false;
            List<String> unanswered = new ArrayList<>(asked.keySet());
            List<Allocation> unreleased = new ArrayList<>(releasing.keySet());
            asked.clear();
            releasing.clear();
            unanswered.forEach(handle -> asked.put(handle, rig.take("web", IPV4, handle)));
            unreleased.forEach(address -> {
                held.remove(address.handle());
                holders.remove(address.prefix(), address.handle());
                rig.engine.release(address, rig.nowMillis);
            });
        }

        private void recover() {
            rig.store.isAway = false;
            rig.store.holds = false;
            rig.store.flush();
            rig.routerSays = new PushOutcome.Applied();
            rig.look(1000);
            harvest();
            rig.look(40_000);
            harvest();
        }

        private void check() {
            for (Allocation address : held.values()) {
                Allocation recorded = rig.recorded(AllocationKind.ADDRESS).stream()
                        .filter(other -> other.prefix().equals(address.prefix()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("seed " + seed + ": lost " + address));
                assertEquals(AllocationStatus.CONFIRMED, recorded.status(), "seed " + seed);
                assertEquals(address.handle(), recorded.handle(), "seed " + seed);
                assertTrue(
                        rig.announced.stream().anyMatch(shard -> shard.contains(address.prefix())),
                        "seed " + seed + ": not announced " + address);
            }
            assertEquals(held.size(), rig.report("web", IPV4).inUse(), "seed " + seed);
        }
    }
}
