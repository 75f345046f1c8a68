package io.foreshard.stackvirt.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GoalsTest {

    private static StackStatus stack(long number, StackPhase phase, int inFlight) {
        return new StackStatus(new StackId("test", "echo", number), phase, Readiness.RUNNING, inFlight, 0);
    }

    private static Readiness goal(Goals goals, StackStatus stack) {
        return goals.byStack().get(stack.id());
    }

    @Test
    void aStackThatRunsIsFrozenRatherThanOneStartedForIt() {
        StackStatus busy = stack(1, StackPhase.RUNNING, 4);
        StackStatus quiet = stack(2, StackPhase.RUNNING, 0);
        Goals goals = Goals.assign(List.of(busy, quiet), new StackTargets(1, 1, 0));
        assertEquals(Readiness.RUNNING, goal(goals, busy));
        assertEquals(Readiness.FROZEN, goal(goals, quiet));
        assertEquals(StackTargets.NONE, goals.more());
    }

    @Test
    void aFrozenStackIsSoonerThanOneThatStarts() {
        StackStatus starting = stack(1, StackPhase.STARTING, 0);
        StackStatus frozen = stack(2, StackPhase.FROZEN, 0);
        Goals goals = Goals.assign(List.of(starting, frozen), new StackTargets(1, 1, 0));
        assertEquals(Readiness.RUNNING, goal(goals, frozen));
        assertEquals(Readiness.FROZEN, goal(goals, starting));
    }

    @Test
    void aStackThatWasStartedDoesNotBecomeOneThatWasNot() {
        Goals goals = Goals.assign(List.of(stack(1, StackPhase.RUNNING, 0)), new StackTargets(0, 0, 1));
        assertEquals(List.of(Readiness.ABSENT), List.copyOf(goals.byStack().values()));
        assertEquals(new StackTargets(0, 0, 1), goals.more());
    }

    @Test
    void everyStackHasAGoalAndWhatLacksIsToldForEachLevel() {
        Random random = new Random(20);
        for (int round = 0; round < 2000; round++) {
            List<StackStatus> stacks = new ArrayList<>();
            int count = random.nextInt(8);
            for (int i = 0; i < count; i++) {
                StackPhase phase = StackPhase.values()[random.nextInt(StackPhase.values().length)];
                stacks.add(stack(i + 1L, phase, random.nextInt(3)));
            }
            StackTargets targets = new StackTargets(random.nextInt(4), random.nextInt(4), random.nextInt(4));
            Goals goals = Goals.assign(stacks, targets);
            String context = "round " + round + ": " + stacks + " to " + targets + ": " + goals;
            assertEquals(count, goals.byStack().size(), context);
            assertEquals(
                    targets.running(),
                    count(goals, Readiness.RUNNING) + goals.more().running(),
                    context);
            assertEquals(
                    targets.frozen(),
                    count(goals, Readiness.FROZEN) + goals.more().frozen(),
                    context);
            assertEquals(
                    targets.created(),
                    count(goals, Readiness.CREATED) + goals.more().created(),
                    context);
            for (StackStatus stack : stacks) {
                if (stack.phase() == StackPhase.DESTROYING) {
                    assertTrue(goal(goals, stack) == Readiness.ABSENT, context);
                }
            }
        }
    }

    private static int count(Goals goals, Readiness readiness) {
        return (int) goals.byStack().values().stream().filter(readiness::equals).count();
    }
}
