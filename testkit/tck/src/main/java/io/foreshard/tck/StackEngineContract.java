package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.spi.StackUsage;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the stack manager relies on in a {@link StackEngine}. A test class implements the three methods and inherits the tests. What the engine
 * reports as missing is not asked of it; what it does not report as missing must hold.
 */
public interface StackEngineContract {

    /** Returns a new engine, each time on the same ground: one finds what another has left. */
    StackEngine engine();

    /** Returns what a stack is made of that answers by {@link DrillHandler}. */
    StackSource source();

    /** Returns where links live; the same in each call. */
    EventLoop loop();

    /** Skips a test of what the engine does not claim. */
    private void assumeHas(StackRig rig, EngineFeature feature) {
        EngineReport report = StackRig.done(rig.engine.probe());
        assumeTrue(
                report.has(feature),
                () -> report.engine() + ": " + feature + ": " + report.missing().get(feature));
    }

    /** Each message gets its answer, also an empty one and a long one. */
    @Test
    default void answersMessages() {
        try (StackRig rig = new StackRig(this)) {
            StackRig.Line line = rig.connect(rig.running(rig.spec()));
            assertEquals("hello", line.ask(1, "hello"));
            assertEquals("", line.ask(-1, ""));
            String huge = "x".repeat(200_000);
            assertEquals(huge, line.ask(Long.MAX_VALUE, huge));
            Set<String> expected = new TreeSet<>();
            Set<String> told = new TreeSet<>();
            for (int i = 0; i < 50; i++) {
                assertTrue(line.send(i, "m" + i));
                expected.add("reply " + i + " m" + i);
            }
            for (int i = 0; i < 50; i++) {
                told.add(line.next());
            }
            assertEquals(expected, told);
        }
    }

    /** A stack that refuses a message goes on with the next one, and says that it is well. */
    @Test
    default void refusedMessageIsToldAsError() {
        try (StackRig rig = new StackRig(this)) {
            StackRig.Line line = rig.connect(rig.running(rig.spec()));
            assertTrue(line.send(7, DrillHandler.FAIL));
            assertEquals("error 7", line.next());
            assertEquals("on", line.ask(8, "on"));
            assertTrue(line.ping(9));
            assertEquals("pong 9", line.next());
        }
    }

    /** What is sent to a frozen stack is answered once it goes on. */
    @Test
    default void freezingLosesNothing() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.FREEZE);
            StackId id = rig.running(rig.spec());
            StackRig.Line line = rig.connect(id);
            for (int round = 0; round < 3; round++) {
                assertTrue(line.send(2L * round, "before"));
                StackRig.done(rig.engine.freeze(id));
                assertTrue(line.send(2L * round + 1, "frozen"));
                StackRig.done(rig.engine.thaw(id));
                assertEquals("reply " + 2 * round + " before", line.next());
                assertEquals("reply " + (2 * round + 1) + " frozen", line.next());
            }
        }
    }

    /** A link takes as many messages as the spec says, then says when it takes more. */
    @Test
    default void inFlightMessagesAreBounded() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.FREEZE);
            StackId id = rig.running(rig.spec(rig.spec().resources(), 4));
            StackRig.Line line = rig.connect(id);
            StackRig.done(rig.engine.freeze(id));
            for (int i = 0; i < 4; i++) {
                assertTrue(line.send(i, "m"));
            }
            assertFalse(line.isWritable());
            assertFalse(line.send(4, "one too many"));
            StackRig.done(rig.engine.thaw(id));
            Set<String> told = new TreeSet<>();
            for (int i = 0; i < 5; i++) {
                told.add(line.next());
            }
            assertEquals(Set.of("reply 0 m", "reply 1 m", "reply 2 m", "reply 3 m", "writable"), told);
            assertTrue(line.isWritable());
        }
    }

    /** A correlation that is in use is refused, and the message that uses it goes on. */
    @Test
    default void correlationInUseIsRefused() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.FREEZE);
            StackId id = rig.running(rig.spec());
            StackRig.Line line = rig.connect(id);
            StackRig.done(rig.engine.freeze(id));
            assertTrue(line.send(1, "first"));
            assertFalse(line.send(1, "second"));
            StackRig.done(rig.engine.thaw(id));
            assertEquals("reply 1 first", line.next());
        }
    }

    /** Nothing is left of a stack, wherever it was when it was destroyed, and destroying it again does nothing. */
    @Test
    default void destroysInEachState() {
        try (StackRig rig = new StackRig(this)) {
            StackId created = rig.id();
            StackRig.done(rig.engine.create(created, rig.spec()));
            StackId running = rig.running(rig.spec());
            StackId hanging = rig.running(rig.spec());
            StackRig.Line line = rig.connect(hanging);
            assertTrue(line.send(1, DrillHandler.HANG));
            assertTrue(line.send(2, "never answered"));
            for (StackId id : List.of(created, running, hanging)) {
                StackRig.done(rig.engine.destroy(id));
                StackRig.done(rig.engine.destroy(id));
                StackRig.fails(StackFailure.UNKNOWN_STACK, rig.engine.start(id));
            }
            assertEquals(StackFailure.EXITED, line.awaitEnd());
            assertEquals(0, line.told.size());
            assertEquals(List.of(), StackRig.done(rig.engine.find(rig.owner())));
        }
    }

    /** A stack that stands still is destroyed like others. */
    @Test
    default void destroysAFrozenStack() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.FREEZE);
            StackId id = rig.running(rig.spec());
            StackRig.Line line = rig.connect(id);
            StackRig.done(rig.engine.freeze(id));
            assertTrue(line.send(1, "never answered"));
            StackRig.done(rig.engine.destroy(id));
            assertEquals(StackFailure.EXITED, line.awaitEnd());
            assertEquals(List.of(), StackRig.done(rig.engine.find(rig.owner())));
        }
    }

    /** What is asked of a stack that does not exist fails by that name; destroying it has nothing to do. */
    @Test
    default void unknownStacksAreNamed() {
        try (StackRig rig = new StackRig(this)) {
            StackId id = rig.id();
            StackRig.fails(StackFailure.UNKNOWN_STACK, rig.engine.start(id));
            StackRig.fails(StackFailure.UNKNOWN_STACK, rig.engine.freeze(id));
            StackRig.fails(StackFailure.UNKNOWN_STACK, rig.engine.thaw(id));
            StackRig.fails(StackFailure.UNKNOWN_STACK, rig.engine.usage(id));
            StackRig.fails(
                    StackFailure.UNKNOWN_STACK, rig.engine.update(id, rig.spec().resources()));
            StackRig.done(rig.engine.destroy(id));
        }
    }

    /** A stack is not created twice, and the first one goes on. */
    @Test
    default void anIdIsUsedOnce() {
        try (StackRig rig = new StackRig(this)) {
            StackId id = rig.running(rig.spec());
            StackRig.Line line = rig.connect(id);
            StackRig.fails(StackFailure.ENGINE_FAILED, rig.engine.create(id, rig.spec()));
            assertEquals("still here", line.ask(1, "still here"));
        }
    }

    /** A link that is closed by this side says so, and the stack takes another. */
    @Test
    default void linksCanBeOpenedAgain() {
        try (StackRig rig = new StackRig(this)) {
            StackId id = rig.running(rig.spec());
            StackRig.Line line = rig.connect(id);
            assertEquals("one", line.ask(1, "one"));
            line.close();
            assertEquals(StackFailure.EXITED, line.awaitEnd());
            assertFalse(line.send(2, "after the end"));
            assertEquals("two", rig.connect(id).ask(1, "two"));
        }
    }

    /** A stack that uses too much memory is ended and told as such; its neighbour does not notice. */
    @Test
    default void anOverMemoryStackIsEndedAlone() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.MEMORY_LIMIT);
            StackId greedy = rig.running(rig.spec());
            StackRig.Line line = rig.connect(greedy);
            StackRig.Line neighbour = rig.connect(rig.running(rig.spec()));
            assertTrue(line.send(1, DrillHandler.GROW));
            assertEquals(StackFailure.OUT_OF_MEMORY, line.awaitEnd());
            assertEquals("unmoved", neighbour.ask(1, "unmoved"));
            rig.awaitUnconnectable(StackFailure.OUT_OF_MEMORY, greedy);
        }
    }

    /** A stack does not get more processes than it may have; a raised limit is one. */
    @Test
    default void processesAreBounded() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.PROCESS_LIMIT);
            StackResources few = rig.spec().resources();
            StackId id = rig.running(rig.spec(few, 64));
            StackRig.Line line = rig.connect(id);
            int started = Integer.parseInt(line.ask(1, DrillHandler.MULTIPLY));
            assertTrue(started > 0 && started < few.processes(), "started: " + started);
            if (StackRig.done(rig.engine.probe()).has(EngineFeature.UPDATE)) {
                StackResources more = new StackResources(few.cpus(), few.memoryBytes(), 3 * few.processes(), 1 << 20);
                StackRig.done(rig.engine.update(id, more));
                int then = Integer.parseInt(line.ask(2, DrillHandler.MULTIPLY));
                assertTrue(then > started, "before: " + started + ", then: " + then);
            }
        }
    }

    /** A stack gets the processor time that it may have, and no more. */
    @Test
    default void processorTimeIsBounded() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.CPU_LIMIT);
            assumeHas(rig, EngineFeature.USAGE);
            StackResources slow = new StackResources(0.2, 96L << 20, 64, 1 << 20);
            StackId id = rig.running(rig.spec(slow, 64));
            StackRig.Line line = rig.connect(id);
            StackUsage before = StackRig.done(rig.engine.usage(id));
            assertEquals(DrillHandler.SPIN, line.ask(1, DrillHandler.SPIN));
            StackUsage after = StackRig.done(rig.engine.usage(id));
            assertTrue(after.cpuNanos() > before.cpuNanos(), () -> before + " " + after);
            assertTrue(after.throttledNanos() > before.throttledNanos(), () -> before + " " + after);
            assertTrue(after.memoryBytes() > 0 && after.memoryBytes() <= slow.memoryBytes(), after::toString);
            assertTrue(after.processes() > 0 && after.processes() <= slow.processes(), after::toString);
        }
    }

    /** A stack that ends by itself is told, and what is asked of it then fails by that name. */
    @Test
    default void anEndedStackIsTold() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.ADOPT);
            StackId id = rig.running(rig.spec());
            StackRig.Line line = rig.connect(id);
            assertTrue(line.send(1, DrillHandler.EXIT));
            assertEquals(StackFailure.EXITED, line.awaitEnd());
            rig.awaitUnconnectable(StackFailure.EXITED, id);
            List<FoundStack> found = StackRig.done(rig.engine.find(rig.owner()));
            assertEquals(List.of(id), found.stream().map(FoundStack::id).toList());
            assertEquals(Readiness.ABSENT, found.get(0).readiness());
            assertEquals(rig.spec().fingerprint(), found.get(0).fingerprint());
        }
    }

    /** A new engine finds what an earlier one has left, goes on with it, and can end it. */
    @Test
    default void stacksOutliveTheirEngine() {
        try (StackRig rig = new StackRig(this)) {
            assumeHas(rig, EngineFeature.ADOPT);
            StackId created = rig.id();
            StackRig.done(rig.engine.create(created, rig.spec()));
            StackId frozen = rig.running(rig.spec());
            StackRig.Line first = rig.connect(frozen);
            assertEquals("up", first.ask(1, "up"));
            StackRig.done(rig.engine.freeze(frozen));
            // As the kernel does it for a process that ends.
            first.close();
            assertEquals(StackFailure.EXITED, first.awaitEnd());
            try (StackEngine later = engine()) {
                Set<FoundStack> found = Set.copyOf(StackRig.done(later.find(rig.owner())));
                assertEquals(
                        Set.of(
                                found(created, Readiness.CREATED, rig.spec()),
                                found(frozen, Readiness.FROZEN, rig.spec())),
                        found);
                assertEquals(List.of(), StackRig.done(later.find("nobody")));
                StackRig.done(later.thaw(frozen));
                assertEquals("adopted", rig.connect(later, frozen).ask(1, "adopted"));
                StackRig.done(later.destroy(created));
                StackRig.done(later.destroy(frozen));
                assertEquals(List.of(), StackRig.done(later.find(rig.owner())));
            }
        }
    }

    private static FoundStack found(StackId id, Readiness readiness, StackSpec spec) {
        return new FoundStack(
                id, readiness, spec.fingerprint(), spec.resources().memoryBytes());
    }
}
