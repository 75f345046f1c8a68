package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.MachineInventory.Machines;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.WithdrawalWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever fails, and whenever it crashes: no address has two holders, and none that was given is lost. */
class NothingIsLostTest {

    private static final SubdivisionSettings WEB = new SubdivisionSettings("web", IPV4, 28, 8);
    private static final int ROUNDS = 10;
    private static final int ACTIONS = 600;

    @Test
    void noAddressIsGivenTwiceNorLost() {
        long seed = new Random().nextLong();
        Set<String> happened = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Run run = new Run(seed + round);
            run.go();
            happened.addAll(run.rig.reasons.keySet());
        }
        for (EngineReason reason : EngineReason.values()) {
            assertTrue(happened.contains(reason.name()), "seed " + seed + ": never " + reason);
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
            rig.more = builder -> builder.inventory((subdivision, family) -> inventory(), Duration.ofMinutes(5))
                    .formerSubdivisions(FormerSubdivisions.RETIRE, Duration.ofMinutes(1));
            rig.restart();
        }

        /** Machines that wait for an address are machines too. */
        private CompletionStage<Machines> inventory() {
            Set<String> alive = new HashSet<>(held.keySet());
            alive.addAll(asked.keySet());
            return switch (random.nextInt(6)) {
                case 0 -> new CompletableFuture<>();
                case 1 -> CompletableFuture.failedFuture(new IllegalStateException("away"));
                case 2 -> CompletableFuture.completedFuture(new Machines(0, Set.of()));
                default -> CompletableFuture.completedFuture(new Machines(rig.nowMillis, alive));
            };
        }

        void go() {
            for (int action = 0; action < ACTIONS; action++) {
                act();
                harvest();
                checkShards();
            }
            recover();
            check();
        }

        private void act() {
            switch (random.nextInt(24)) {
                case 0 -> rig.store.isAway = random.nextInt(3) == 0;
                case 1 -> rig.store.holds = random.nextBoolean();
                case 2 -> rig.router = router(random.nextInt(4));
                case 3 -> crash();
                case 4 -> rig.step();
                case 5, 6 -> rig.look(random.nextInt(20_000));
                case 7, 8 -> rig.store.flush();
                case 9, 10, 11, 12 -> releaseOne();
                case 13 -> rig.watch = watch(random.nextInt(4));
                case 14 -> rig.warmer = warmer(random.nextInt(3));
                case 15 -> loseOne();
                case 16 -> addOrRemove();
                default -> askOne();
            }
        }

        /** Some do what they are told and do not say so, others do not even do it. */
        private Function<Collection<Allocation>, CompletionStage<PushOutcome>> router(int kind) {
            rig.routerSays = kind % 2 == 0 ? new PushOutcome.Applied() : new PushOutcome.Unreachable("away");
            return kind < 2
                    ? rig::push
                    : shards -> {
                        rig.push(shards);
                        return new CompletableFuture<>();
                    };
        }

        private WithdrawalWatch watch(int kind) {
            return switch (kind) {
                case 0 -> prefixes -> new CompletableFuture<>();
                case 1 -> prefixes -> CompletableFuture.failedFuture(new IllegalStateException("away"));
                default -> this::seenWithdrawn;
            };
        }

        private CompletionStage<Set<Prefix>> seenWithdrawn(Set<Prefix> prefixes) {
            Set<Prefix> seen = new HashSet<>(prefixes);
            seen.removeAll(rig.announced);
            return CompletableFuture.completedFuture(seen);
        }

        private static AddressWarmer warmer(int kind) {
            return switch (kind) {
                case 0 -> (subdivision, addresses) -> new CompletableFuture<>();
                case 1 -> (subdivision, addresses) -> CompletableFuture.failedFuture(new IllegalStateException("away"));
                default -> AddressWarmer.NOTHING_TO_DO;
            };
        }

        /** A machine ends without a word. */
        private void loseOne() {
            held.values().stream()
                    .filter(address -> !releasing.containsKey(address))
                    .findFirst()
                    .ifPresent(address -> {
                        held.remove(address.handle());
                        holders.remove(address.prefix(), address.handle());
                    });
        }

        private void addOrRemove() {
            switch (random.nextInt(6)) {
                case 0 -> rig.engine.remove("web", IPV4);
                case 1, 2 -> rig.engine.add(WEB);
                case 3 -> {
                    rig.subdivisions.remove(WEB);
                    crash();
                }
                default -> {
                    rig.subdivisions.remove(WEB);
                    rig.subdivisions.add(WEB);
                    crash();
                }
            }
        }

        /** What somebody has is part of a shard that is not given back, and no router announces what is. */
        private void checkShards() {
            TreeMap<Prefix, AllocationStatus> shards = new TreeMap<>(rig.shards());
            shards.forEach((shard, status) -> assertTrue(
                    status != AllocationStatus.COOLING || !rig.announced.contains(shard),
                    () -> "seed " + seed + ": announced and cooling " + shard));
            for (Allocation address : held.values()) {
                Map.Entry<Prefix, AllocationStatus> shard = shards.floorEntry(address.prefix());
                boolean isKept = shard != null
                        && shard.getKey().contains(address.prefix())
                        && (shard.getValue() == AllocationStatus.CONFIRMED
                                || shard.getValue() == AllocationStatus.DRAINING);
                assertTrue(isKept, () -> "seed " + seed + ": given back with a holder: " + address + " " + shards);
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
            rig.router = router(0);
            rig.watch = this::seenWithdrawn;
            rig.warmer = AddressWarmer.NOTHING_TO_DO;
            rig.subdivisions.remove(WEB);
            rig.subdivisions.add(WEB);
            crash();
            rig.look(1000);
            harvest();
            rig.look(40_000);
            harvest();
            for (int i = 0; i < 40; i++) {
                rig.step();
            }
        }

        private void check() {
            for (Allocation address : held.values()) {
                Allocation recorded = rig.recorded(AllocationKind.ADDRESS).stream()
                        .filter(other -> other.prefix().equals(address.prefix()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("seed " + seed + ": lost " + address));
                assertEquals(AllocationStatus.CONFIRMED, recorded.status(), "seed " + seed);
                assertEquals(address.handle(), recorded.handle(), "seed " + seed);
                boolean isAnnounced = rig.announced.stream().anyMatch(shard -> shard.contains(address.prefix()));
                boolean isWithdrawn = rig.shards().entrySet().stream()
                        .anyMatch(shard -> shard.getKey().contains(address.prefix())
                                && shard.getValue() == AllocationStatus.DRAINING);
                assertTrue(isAnnounced || isWithdrawn, "seed " + seed + ": not announced " + address);
            }
            assertEquals(held.size(), rig.report("web", IPV4).inUse(), "seed " + seed);
        }
    }
}
