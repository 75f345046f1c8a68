package io.foreshard.stackvirt.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked, whatever fails and whoever crashes: it ends as it was asked for last, and nothing is left behind. */
class ManagerPropertyTest {

    private static final int ACTIONS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void endsAsItWasAskedForLast(long seed) {
        Random random = new Random(seed);
        ManagerRig rig = new ManagerRig();
        rig.open();
        for (int i = 0; i < ACTIONS; i++) {
            act(rig, random);
            rig.run(random.nextInt(300));
            assertTrue(rig.report().stacks().size() <= 256, () -> "seed " + seed);
        }
        rig.engine.fails = call -> false;
        rig.engine.mute = id -> false;
        List.copyOf(rig.inFlight.keySet()).forEach(rig::answer);
        rig.manager.scale(ManagerRig.KIND, new StackTargets(3, 2, 1));
        rig.run(40_000);
        KindReport report = rig.report();
        String context = "seed " + seed + ": " + report;
        assertEquals(3, report.count(StackPhase.RUNNING), context);
        assertEquals(2, report.count(StackPhase.FROZEN), context);
        assertEquals(1, report.count(StackPhase.CREATED), context);
        assertEquals(6, rig.engine.there.size(), context);
        assertEquals(3, rig.ready.size(), context);
        rig.manager.stop();
        rig.run(5000);
        assertTrue(rig.engine.there.isEmpty(), context);
    }

    /** However stacks come, go and are resized while calls fail, what they were given together is never more than there is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void neverGivesMoreMemoryThanThereIs(long seed) {
        Random random = new Random(seed);
        long most = 300L << 20;
        ManagerRig rig = new ManagerRig();
        rig.with(rig.builder().maxMemory(most).build()).open();
        for (int i = 0; i < ACTIONS; i++) {
            int failing = random.nextInt(8);
            List<String> calls = List.of("create", "update", "start", "freeze", "destroy");
            rig.engine.fails = call -> failing < calls.size() && call.equals(calls.get(failing));
            long wanted = (8L + random.nextInt(200)) << 20;
            if (random.nextBoolean()) {
                rig.manager.resize(ManagerRig.KIND, ManagerRig.SPEC.resources().withMemory(wanted));
            } else {
                rig.manager.scale(
                        ManagerRig.KIND, new StackTargets(random.nextInt(9), random.nextInt(3), random.nextInt(2)));
            }
            for (int steps = random.nextInt(200); steps > 0; steps--) {
                rig.run(1);
                assertTrue(rig.engine.memoryBytes() <= most, () -> "seed " + seed + " " + rig.engine.memory);
            }
        }
        rig.engine.fails = call -> false;
        rig.manager.scale(ManagerRig.KIND, StackTargets.NONE);
        rig.run(100_000);
        rig.manager.resize(ManagerRig.KIND, ManagerRig.SPEC.resources().withMemory(100L << 20));
        rig.manager.scale(ManagerRig.KIND, new StackTargets(5, 0, 0));
        rig.run(40_000);
        assertEquals(3, rig.ready.size(), () -> "nothing is counted that is gone, seed " + seed);
    }

    private static void act(ManagerRig rig, Random random) {
        List<StackStatus> stacks = rig.report().stacks();
        switch (random.nextInt(7)) {
            case 0, 1 ->
                rig.manager.scale(
                        ManagerRig.KIND, new StackTargets(random.nextInt(4), random.nextInt(3), random.nextInt(2)));
            case 2 -> {
                int failing = random.nextInt(8);
                List<String> calls = List.of("create", "start", "connect", "freeze", "thaw", "destroy");
                rig.engine.fails = call -> failing < calls.size() && call.equals(calls.get(failing));
            }
            case 3 -> {
                if (!stacks.isEmpty()) {
                    StackId id = stacks.get(random.nextInt(stacks.size())).id();
                    if (random.nextBoolean()) {
                        rig.inFlight.put(id, 1 + random.nextInt(3));
                    } else {
                        rig.answer(id);
                    }
                }
            }
            case 4 -> {
                if (!stacks.isEmpty()) {
                    StackId id = stacks.get(random.nextInt(stacks.size())).id();
                    FakeEngine.FakeLink link = rig.engine.links.get(id);
                    if (link != null && !link.isClosed) {
                        link.breaks(StackFailure.EXITED);
                    }
                }
            }
            case 5 -> {
                int remainder = random.nextInt(6);
                rig.engine.mute = id -> remainder < 3 && id.number() % 3 == remainder;
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    rig.manager.detach();
                    rig.run(1);
                    rig.ready.clear();
                    rig.with(rig.builder().build()).open();
                }
            }
        }
    }
}
