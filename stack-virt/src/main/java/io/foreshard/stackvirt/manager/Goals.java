package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Which stack of a kind is to become what. Pure. Stacks that are soonest ready run; of those that run, the ones with fewest messages go
 * first, the newer before the older.
 *
 * @param byStack the goal of each stack that was given
 * @param more how many more stacks are needed for each level
 */
record Goals(Map<StackId, Readiness> byStack, StackTargets more) {

    private static final int NEVER = Integer.MAX_VALUE;

    static Goals assign(List<StackStatus> stacks, StackTargets targets) {
        List<StackStatus> free = new ArrayList<>(stacks);
        Map<StackId, Readiness> goals = new HashMap<>();
        int running = take(free, targets.running(), Readiness.RUNNING, Goals::distanceFromRunning, goals);
        int frozen = take(free, targets.frozen(), Readiness.FROZEN, Goals::distanceFromFrozen, goals);
        int created = take(free, targets.created(), Readiness.CREATED, Goals::distanceFromCreated, goals);
        free.forEach(stack -> goals.put(stack.id(), Readiness.ABSENT));
        return new Goals(
                Map.copyOf(goals),
                new StackTargets(targets.running() - running, targets.frozen() - frozen, targets.created() - created));
    }

    /** Returns what a stack is to become. */
    Readiness of(StackId id) {
        return byStack.getOrDefault(id, Readiness.ABSENT);
    }

    /** Takes out up to a number of stacks, the nearest to the goal first. */
    private static int take(
            List<StackStatus> free,
            int wanted,
            Readiness goal,
            ToIntFunction<StackPhase> distance,
            Map<StackId, Readiness> goals) {
        List<StackStatus> nearest = free.stream()
                .filter(stack -> distance.applyAsInt(stack.phase()) < NEVER)
                .sorted(Comparator.comparingInt((StackStatus stack) -> distance.applyAsInt(stack.phase()))
                        .thenComparing(
                                Comparator.comparingInt(StackStatus::inFlight).reversed())
                        .thenComparing(stack -> stack.id().number()))
                .limit(wanted)
                .toList();
        nearest.forEach(stack -> goals.put(stack.id(), goal));
        free.removeAll(nearest);
        return nearest.size();
    }

    private static int distanceFromRunning(StackPhase phase) {
        return switch (phase) {
            case RUNNING -> 0;
            case DRAINING -> 1;
            case IDLE -> 2;
            case THAWING -> 3;
            case FROZEN -> 4;
            case FREEZING -> 5;
            case CHECKING -> 6;
            case STARTING -> 7;
            case CREATED -> 8;
            case CREATING -> 9;
            case NEW -> 10;
            case DESTROYING, DESTROYED -> NEVER;
        };
    }

    private static int distanceFromFrozen(StackPhase phase) {
        return switch (phase) {
            case FROZEN -> 0;
            case FREEZING -> 1;
            case THAWING, IDLE -> 2;
            case CHECKING -> 3;
            case STARTING -> 4;
            case DRAINING -> 5;
            case RUNNING -> 6;
            case CREATED -> 7;
            case CREATING -> 8;
            case NEW -> 9;
            case DESTROYING, DESTROYED -> NEVER;
        };
    }

    /** A stack that was started does not become one that was not. */
    private static int distanceFromCreated(StackPhase phase) {
        return switch (phase) {
            case CREATED -> 0;
            case CREATING -> 1;
            case NEW -> 2;
            default -> NEVER;
        };
    }
}
