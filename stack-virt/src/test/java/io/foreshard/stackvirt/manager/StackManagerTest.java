package io.foreshard.stackvirt.manager;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StackManagerTest {

    private static final int ENOUGH = 2000;

    private final ManagerRig rig = new ManagerRig();

    private void scale(int running, int frozen, int created) {
        rig.manager.scale(ManagerRig.KIND, new StackTargets(running, frozen, created));
        rig.run(ENOUGH);
    }

    @Test
    void bringsUpWhatIsAskedForAtEachLevel() {
        rig.open();
        scale(2, 1, 1);
        assertEquals(2, rig.count(StackPhase.RUNNING));
        assertEquals(1, rig.count(StackPhase.FROZEN));
        assertEquals(1, rig.count(StackPhase.CREATED));
        assertEquals(2, rig.ready.size());
        assertEquals(List.of(), rig.engine.wrong);
    }

    @Test
    void nothingIsCreatedBeforeItIsOpened() {
        rig.manager.scale(ManagerRig.KIND, new StackTargets(1, 0, 0));
        rig.run(ENOUGH);
        assertEquals(List.of(), rig.engine.calls);
        rig.open().run(ENOUGH);
        assertEquals(1, rig.count(StackPhase.RUNNING));
    }

    @Test
    void aFrozenStackIsThawedBeforeANewOneIsStarted() {
        rig.open();
        scale(1, 1, 0);
        rig.engine.calls.clear();
        rig.manager.scale(ManagerRig.KIND, new StackTargets(2, 0, 0));
        rig.run(FakeEngine.STEP_MILLIS + 60);
        assertEquals(2, rig.ready.size());
        assertEquals(List.of("thaw 2"), rig.engine.calls);
    }

    @Test
    void aStackThatIsToFreezeAnswersFirst() {
        rig.open();
        scale(1, 0, 0);
        StackId id = rig.report().stacks().get(0).id();
        rig.inFlight.put(id, 3);
        scale(0, 1, 0);
        assertEquals(1, rig.count(StackPhase.DRAINING));
        assertEquals(Set.of(), rig.ready);
        rig.answer(id);
        rig.run(ENOUGH);
        assertEquals(1, rig.count(StackPhase.FROZEN));
    }

    @Test
    void aStackThatDrainsIsTakenBackWhenItIsNeededAgain() {
        rig.open();
        scale(1, 0, 0);
        rig.inFlight.put(rig.report().stacks().get(0).id(), 1);
        scale(0, 0, 0);
        rig.engine.calls.clear();
        scale(1, 0, 0);
        assertEquals(1, rig.ready.size());
        assertEquals(List.of(), rig.engine.calls);
    }

    @Test
    void aStackThatDoesNotDrainInTimeIsRemoved() {
        rig.with(rig.builder().drain(Duration.ofSeconds(5)).build()).open();
        scale(1, 0, 0);
        rig.inFlight.put(rig.report().stacks().get(0).id(), 1);
        scale(0, 0, 0);
        rig.run(6000);
        assertEquals(1, rig.counts.get("DRAIN_TIMED_OUT"));
        assertTrue(rig.engine.there.isEmpty());
    }

    @Test
    void theStackWithTheFewestMessagesGoesFirst() {
        rig.open();
        scale(3, 0, 0);
        rig.report().stacks().forEach(stack -> rig.inFlight.put(stack.id(), 5));
        StackId quiet = rig.report().stacks().get(1).id();
        rig.inFlight.put(quiet, 0);
        scale(2, 0, 0);
        assertFalse(rig.ready.contains(quiet.number()));
        assertEquals(2, rig.ready.size());
    }

    @Test
    void aStackThatDoesNotSayThatItIsWellIsReplaced() {
        rig.open();
        scale(2, 0, 0);
        StackId sick = rig.report().stacks().get(0).id();
        rig.engine.mute = sick::equals;
        rig.run(6000);
        assertEquals(1, rig.counts.get("UNHEALTHY"));
        assertFalse(rig.engine.there.containsKey(sick));
        assertEquals(2, rig.ready.size());
    }

    @Test
    void aFrozenStackIsNotAskedWhetherItIsWell() {
        rig.open();
        scale(0, 1, 0);
        rig.run(60_000);
        assertEquals(1, rig.count(StackPhase.FROZEN));
        assertNull(rig.counts.get("UNHEALTHY"));
        scale(1, 0, 0);
        assertEquals(1, rig.ready.size());
        assertNull(rig.counts.get("UNHEALTHY"));
    }

    @Test
    void aStackThatEndsIsReplaced() {
        rig.open();
        scale(1, 0, 0);
        StackId first = rig.report().stacks().get(0).id();
        rig.engine.links.get(first).breaks(StackFailure.OUT_OF_MEMORY);
        rig.run(ENOUGH);
        assertEquals(1, rig.counts.get("OUT_OF_MEMORY"));
        assertEquals(Set.of(first.number() + 1), rig.ready);
        assertFalse(rig.engine.there.containsKey(first));
    }

    @Test
    void failuresInARowAreTriedLessAndLess() {
        rig.engine.fails = "start"::equals;
        rig.open();
        scale(1, 0, 0);
        rig.run(60_000);
        long tries = rig.engine.calls.stream()
                .filter(call -> call.startsWith("start"))
                .count();
        assertTrue(tries >= 5 && tries <= 12, "tries: " + tries);
        assertTrue(rig.counts.get("BACKING_OFF") >= 1);
        rig.engine.fails = call -> false;
        rig.run(31_000);
        assertEquals(1, rig.ready.size());
    }

    @Test
    void whatIsNotRemovedIsTriedAgain() {
        rig.open();
        scale(1, 0, 0);
        rig.engine.fails = "destroy"::equals;
        scale(0, 0, 0);
        rig.run(3000);
        assertEquals(1, rig.engine.there.size());
        rig.engine.fails = call -> false;
        rig.run(ENOUGH);
        assertTrue(rig.engine.there.isEmpty());
        assertTrue(rig.counts.get("REMOVAL_FAILED") >= 2);
    }

    @Test
    void limitsHoldAndSayWhy() {
        rig.with(rig.builder().maxStacks(3).build()).open();
        scale(5, 0, 0);
        assertEquals(3, rig.ready.size());
        assertEquals(ManagerReason.STACK_LIMIT, rig.report().refusal());
        ManagerRig other = new ManagerRig();
        other.with(other.builder().maxMemory(70L << 20).build()).open();
        other.manager.scale(ManagerRig.KIND, new StackTargets(5, 0, 0));
        other.run(ENOUGH);
        assertEquals(2, other.ready.size());
        assertEquals(ManagerReason.MEMORY_LIMIT, other.report().refusal());
    }

    @Test
    void takesOverWhatAnEarlierManagerHasLeft() {
        rig.open();
        scale(2, 1, 1);
        rig.manager.detach();
        rig.run(1);
        assertEquals(4, rig.engine.there.size());
        rig.engine.calls.clear();
        rig.with(rig.builder().build());
        rig.manager.scale(ManagerRig.KIND, new StackTargets(2, 1, 1));
        rig.open().run(ENOUGH);
        assertEquals(4, rig.counts.get("ADOPTED"));
        assertEquals(Set.of(1L, 2L, 3L, 4L).size(), rig.engine.there.size());
        assertEquals(2, rig.ready.size());
        assertEquals(1, rig.count(StackPhase.FROZEN));
        assertEquals(1, rig.count(StackPhase.CREATED));
        assertTrue(rig.engine.calls.stream().noneMatch(call -> call.startsWith("create")));
    }

    @Test
    void touchesTheMultiplexerOnItsLoopAloneWhateverThreadTheEngineAnswersOn() {
        rig.engine.answers = task -> {
            Thread other = new Thread(task);
            other.start();
            assertDoesNotThrow(() -> other.join());
        };
        rig.open();
        scale(2, 1, 0);
        assertEquals(2, rig.ready.size());
        rig.manager.detach();
        rig.run(1);
        rig.with(rig.builder().build()).open();
        scale(2, 1, 0);
        assertEquals(2, rig.ready.size());
        assertEquals(Set.of(Thread.currentThread()), rig.adding);
    }

    @Test
    void aStackThatIsGivenUpWhileItStartsIsNotLeftInTheMultiplexer() {
        rig.open();
        rig.manager.scale(ManagerRig.KIND, new StackTargets(1, 0, 0));
        rig.run(FakeEngine.STEP_MILLIS + FakeEngine.STEP_MILLIS / 2);
        assertEquals(1, rig.count(StackPhase.STARTING));
        rig.manager.stop();
        rig.run(ENOUGH);
        assertEquals(Set.of(), rig.events.keySet());
        assertEquals(Set.of(), rig.engine.there.keySet());
    }

    @Test
    void keepsWhatItTookOverUntilItIsToldHowManyThereAreToBe() {
        rig.open();
        scale(2, 1, 1);
        rig.manager.detach();
        rig.run(1);
        rig.with(rig.builder().build()).open().run(ENOUGH);
        assertEquals(4, rig.engine.there.size());
        assertEquals(2, rig.count(StackPhase.RUNNING));
        assertEquals(1, rig.count(StackPhase.FROZEN));
        assertEquals(1, rig.count(StackPhase.CREATED));
        scale(1, 0, 0);
        assertEquals(1, rig.engine.there.size());
    }

    @Test
    void removesWhatIsNotOfAKindThatItHas() {
        StackId unknown = new StackId("test", "gone", 7);
        StackId changed = new StackId("test", ManagerRig.KIND, 9);
        StackId rest = new StackId("test", ManagerRig.KIND, 12);
        rig.engine.there.put(unknown, Readiness.RUNNING);
        rig.engine.there.put(changed, Readiness.RUNNING);
        rig.engine.fingerprints.put(changed, "of another image");
        rig.engine.there.put(rest, Readiness.ABSENT);
        rig.open().run(ENOUGH);
        assertEquals(Set.of(), rig.engine.there.keySet());
        assertEquals(3, rig.counts.get("LEFTOVER_REMOVED"));
        scale(1, 0, 0);
        assertEquals(Set.of(13L), rig.ready);
    }

    @Test
    void learnsHowLongStartsAndThawsTake() {
        rig.open();
        scale(1, 1, 0);
        scale(2, 0, 0);
        // Creating, starting, connecting and the first answer.
        assertEquals(3 * FakeEngine.STEP_MILLIS + 1, rig.report().startNanos() / 1_000_000);
        assertEquals(FakeEngine.STEP_MILLIS, rig.report().thawNanos() / 1_000_000);
    }

    @Test
    void changesWhatAllStacksMayUse() {
        rig.open();
        scale(2, 0, 0);
        CompletionStage<StackResources> resized =
                rig.manager.resize(ManagerRig.KIND, new StackResources(2, 64L << 20, 16, 1 << 20));
        rig.run(ENOUGH);
        assertTrue(resized.toCompletableFuture().isDone());
        assertEquals(
                2,
                rig.engine.calls.stream()
                        .filter(call -> call.startsWith("update"))
                        .count());
    }

    @Test
    void raisesMemoryAsFarAsTheLimitAllows() {
        rig.with(rig.builder().maxMemory(100L << 20).build()).open();
        scale(2, 0, 0);
        assertEquals((50L << 20), resize(64L << 20));
        assertEquals(1, rig.counts.get("MEMORY_LIMIT"));
        assertEquals(Set.of(50L << 20), Set.copyOf(rig.engine.memory.values()));
        assertEquals((50L << 20), resize(Long.MAX_VALUE));
        assertEquals(1, rig.counts.get("MEMORY_LIMIT"), "counted when it begins");
        rig.manager.scale(ManagerRig.KIND, new StackTargets(3, 0, 0));
        rig.run(ENOUGH);
        assertEquals(2, rig.ready.size());
        assertEquals(ManagerReason.MEMORY_LIMIT, rig.report().refusal());
        assertEquals((33L << 20), resize(33L << 20));
        rig.run(ENOUGH);
        assertEquals(3, rig.ready.size(), "what is given back can be given again");
        assertEquals(34_951_168, resize(40L << 20), "a whole number of pages for each");
    }

    private long resize(long memoryBytes) {
        CompletionStage<StackResources> given =
                rig.manager.resize(ManagerRig.KIND, ManagerRig.SPEC.resources().withMemory(memoryBytes));
        rig.run(ENOUGH);
        return given.toCompletableFuture().join().memoryBytes();
    }

    @Test
    void aRaiseThatFailedCountsAsIfItHadNot() {
        rig.with(rig.builder().maxMemory(100L << 20).build()).open();
        scale(1, 0, 0);
        rig.engine.fails = call -> call.equals("update");
        assertThrows(CompletionException.class, () -> resize(60L << 20));
        rig.engine.fails = call -> false;
        rig.manager.scale(ManagerRig.KIND, new StackTargets(2, 0, 0));
        rig.run(ENOUGH);
        assertEquals(ManagerReason.MEMORY_LIMIT, rig.report().refusal());
        assertEquals((40L << 20), resize(40L << 20));
        rig.run(ENOUGH);
        assertEquals(2, rig.ready.size());
    }

    @Test
    void aStackThatWasTakenOverCountsWithWhatItWasGivenBefore() {
        rig.open();
        scale(1, 0, 0);
        assertEquals((60L << 20), resize(60L << 20));
        rig.manager.detach();
        rig.run(1);
        rig.ready.clear();
        rig.with(rig.builder().maxMemory(80L << 20).build()).open();
        scale(2, 0, 0);
        assertEquals(1, rig.ready.size());
        assertEquals(ManagerReason.MEMORY_LIMIT, rig.report().refusal());
        rig.manager.scale(ManagerRig.KIND, StackTargets.NONE);
        rig.run(ENOUGH);
        scale(2, 0, 0);
        assertEquals(2, rig.ready.size(), "it counts until nothing is left of it");
    }

    @Test
    void stopLeavesNothing() {
        rig.open();
        scale(2, 1, 1);
        rig.manager.scale(ManagerRig.KIND, new StackTargets(4, 1, 1));
        rig.run(50);
        CompletionStage<Void> stopped = rig.manager.stop();
        rig.run(ENOUGH);
        assertTrue(stopped.toCompletableFuture().isDone());
        assertTrue(rig.engine.there.isEmpty());
        assertEquals(Set.of(), rig.ready);
    }

    @Test
    void saysWhatIsWrongWithItsSettings() {
        assertEquals(
                "kind: nothing (expected: one of [echo])",
                assertThrows(IllegalArgumentException.class, () -> rig.manager.scale("nothing", StackTargets.NONE))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> rig.builder().maxStacks(0).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> rig.builder().drain(Duration.ZERO).build());
        assertThrows(IllegalArgumentException.class, () -> StackManager.builder("Bad Name", rig));
    }
}
