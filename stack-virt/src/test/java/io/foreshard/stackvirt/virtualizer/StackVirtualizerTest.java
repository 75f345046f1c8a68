package io.foreshard.stackvirt.virtualizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.GateMode;
import io.foreshard.stackvirt.manager.StackPhase;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.MuxReason;
import io.foreshard.stackvirt.scaling.PredictiveScaling;
import io.foreshard.stackvirt.scaling.ResourceBounds;
import io.foreshard.stackvirt.scaling.ResourceReason;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import io.foreshard.stackvirt.traffic.AuxiliaryTask;
import io.foreshard.stackvirt.traffic.KeyReport;
import io.foreshard.stackvirt.traffic.TrafficKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackVirtualizerTest {

    private static final StackBounds BOUNDS = new StackBounds(0, 8);

    private static VirtualizerRig rig() {
        return new VirtualizerRig(StackScaler.builder(), BOUNDS);
    }

    @Test
    void aMessageThatFindsNoStackGetsOneAtOnceAndIsAnswered() {
        try (VirtualizerRig rig = rig().open()) {
            assertEquals(List.of(), rig.engine.calls);
            rig.send(1);
            rig.run(SlowEngine.START_MILLIS + 100);
            assertEquals(1, rig.replies());
            rig.run(1000);
            assertEquals(1, rig.report().messages().exposed());
            assertEquals(1, rig.report().regret().exposed());
            assertEquals(1, rig.running());
            assertTrue(
                    rig.report().plan().explain().startsWith("echo: "),
                    rig.report().plan()::explain);
        }
    }

    @Test
    void messagesThatCameBeforeItWasOpenedAreAnsweredToo() {
        try (VirtualizerRig rig = rig()) {
            rig.send(3);
            rig.open();
            rig.run(2500);
            assertEquals(3, rig.replies());
        }
    }

    @Test
    void tellsWhoSendsMost() {
        try (VirtualizerRig rig = rig().open()) {
            rig.send(4);
            rig.run(1000);
            rig.send(1);
            rig.run(100);
            rig.virtualizer.task(VirtualizerRig.PROTOCOL, 0, 1, AuxiliaryTask.TLS_HANDSHAKE, 600);
            rig.virtualizer.task(1, 0, 1, AuxiliaryTask.TLS_HANDSHAKE, 600);
            var traffic = rig.virtualizer.traffic(2).toCompletableFuture();
            rig.run(100);
            List<KeyReport> heaviest = traffic.join();
            assertEquals(2, heaviest.size());
            assertEquals(
                    new TrafficKey(VirtualizerRig.KIND, 0, 1, TrafficKey.VolumeClass.SMALL),
                    heaviest.get(0).key());
            assertEquals(2, heaviest.get(0).arrivals());
            assertEquals(0, heaviest.get(0).inFlight());
            assertEquals(1, heaviest.get(0).tasksPerSecond().get(AuxiliaryTask.TLS_HANDSHAKE), 1e-3);
        }
    }

    @Test
    void workBesideMessagesTakesRoomLikeThem() {
        StackScaler.Builder slow = StackScaler.builder().taskTime(AuxiliaryTask.TLS_HANDSHAKE, Duration.ofSeconds(1));
        try (VirtualizerRig rig = new VirtualizerRig(slow, BOUNDS).open()) {
            for (int second = 0; second < 20; second++) {
                rig.send(1);
                rig.virtualizer.task(VirtualizerRig.PROTOCOL, 0, 1, AuxiliaryTask.TLS_HANDSHAKE, 20);
                rig.run(1000);
            }
            VirtualizedKind kind = rig.virtualizer.report().get(0);
            assertEquals(20, kind.tasks().get(0).expected(), 2);
            assertEquals(20, kind.plan().view().load().auxiliary(), 2);
            assertTrue(kind.plan().running() >= 3, kind.plan()::explain);
        }
    }

    @Test
    void whatPilesUpGetsMoreStacks() {
        StackScaler.Builder atOnce = StackScaler.builder().reactive(new PredictiveScaling());
        try (VirtualizerRig rig = new VirtualizerRig(atOnce, BOUNDS).open()) {
            rig.send(40);
            rig.run(3000);
            assertEquals(40, rig.replies());
            assertTrue(rig.engine.calls.stream().filter("start"::equals).count() >= 2, rig.engine.calls::toString);
        }
    }

    /** Returns how many messages waited in each hour if some come every four minutes. */
    private static List<Long> waitedByHour(VirtualizerRig rig, int hours) {
        List<Long> waited = new ArrayList<>();
        long before = 0;
        for (int hour = 0; hour < hours; hour++) {
            for (int burst = 0; burst < 15; burst++) {
                rig.run(239_500);
                rig.send(5);
                rig.run(500);
            }
            long now = rig.report().messages().exposed();
            waited.add(now - before);
            before = now;
        }
        return waited;
    }

    @Test
    void stacksAreThereBeforeMessagesThatCanBeForeseen() {
        try (VirtualizerRig rig = rig().open()) {
            List<Long> waited = waitedByHour(rig, 4);
            assertTrue(waited.get(0) >= 5 * 2, "learns at first: " + waited);
            assertTrue(waited.get(3) <= 5 * 2, "then stacks are there: " + waited);
            assertEquals(4 * 15 * 5, rig.replies());
            assertTrue(rig.virtualizer.gate().reason().isOpen());
            // A stack is there for a small part of the time only.
            double allTheTime = 4 * 3600 * VirtualizerRig.MEMORY / 1e6;
            assertTrue(rig.report().regret().megabyteSeconds() < 0.6 * allTheTime, rig.report()::toString);
        }
    }

    @Test
    void whatWasSeenEarlierIsForeseenFromTheFirstHour() {
        List<PastMessage> history = new ArrayList<>();
        for (long ago = 4 * 3_600_000 - 239_500; ago > 0; ago -= 240_000) {
            for (int i = 0; i < 5; i++) {
                long from = VirtualizerRig.NOW_MILLIS - ago;
                history.add(new PastMessage(VirtualizerRig.PROTOCOL, i, 1, 100, from, from + 1));
            }
        }
        try (VirtualizerRig rig = new VirtualizerRig(StackScaler.builder(), BOUNDS, history).open()) {
            List<Long> waited = waitedByHour(rig, 1);
            assertTrue(waited.get(0) <= 5 * 2, "stacks are there: " + waited);
        }
        history.add(history.get(0));
        IllegalArgumentException order = assertThrows(
                IllegalArgumentException.class, () -> new VirtualizerRig(StackScaler.builder(), BOUNDS, history));
        assertTrue(order.getMessage().startsWith("history: "), order.getMessage());
    }

    @Test
    void inTheShadowPredictionIsReckonedButDoesNotDecide() {
        try (VirtualizerRig rig = new VirtualizerRig(StackScaler.builder().gateMode(GateMode.SHUT), BOUNDS).open()) {
            List<Long> waited = waitedByHour(rig, 3);
            assertTrue(waited.get(2) >= 5 * 14, "as without prediction: " + waited);
            assertFalse(rig.virtualizer.gate().reason().isOpen());
            long foreseen = rig.report().regret().predictiveExposed();
            assertTrue(foreseen < rig.report().regret().reactiveExposed(), "foreseen: " + foreseen);
        }
    }

    @Test
    void withAPolicyThatThrowsMessagesAreStillAnswered() {
        StackScaler.Builder broken = StackScaler.builder()
                .predictive(view -> {
                    throw new IllegalStateException("broken");
                })
                .reactive(view -> {
                    throw new IllegalStateException("broken too");
                });
        try (VirtualizerRig rig = new VirtualizerRig(broken, BOUNDS).open()) {
            rig.send(20);
            rig.run(3000);
            assertEquals(20, rig.replies());
            assertTrue(rig.counts.get(VirtualizerReason.POLICY_FAILED.name()) >= 3, rig.counts::toString);
        }
    }

    private static StackScaler.Builder always(int running, int frozen, int created) {
        return StackScaler.builder()
                .reactive(view ->
                        new ScalingPlan(running, frozen, created, ScalingReason.SPECIFIED, ScalingMemory.NONE, view))
                .gateMode(GateMode.SHUT);
    }

    @Test
    void stacksAreKeptAsReadyAsThePlanSays() {
        try (VirtualizerRig rig = new VirtualizerRig(always(1, 2, 1), BOUNDS).open()) {
            rig.run(3000);
            assertEquals(1, rig.running());
            assertEquals(2, rig.report().stacks().count(StackPhase.FROZEN));
            assertEquals(1, rig.report().stacks().count(StackPhase.CREATED));
        }
    }

    @Test
    void whatCannotBeFrozenRuns() {
        try (VirtualizerRig rig = new VirtualizerRig(always(1, 2, 0), BOUNDS)) {
            rig.engine.missing.put(EngineFeature.FREEZE, "not here");
            rig.open();
            rig.run(3000);
            assertEquals(3, rig.running());
            assertFalse(rig.engine.calls.contains("freeze"));
        }
    }

    @Test
    void readsWhatStacksUse() {
        try (VirtualizerRig rig = new VirtualizerRig(always(1, 0, 0), BOUNDS).open()) {
            rig.run(2000);
            rig.engine.usage = new StackUsage(1_000_000_000, 0, 10_000_000, 3, 0);
            rig.run(1000);
            rig.engine.usage = new StackUsage(1_250_000_000, 100_000_000, 30_000_000, 3, 0);
            rig.run(2000);
            StackReading reading = rig.report().readings().get(0);
            assertEquals(30_000_000, reading.memoryBytes());
            assertEquals(0.25, reading.headroom(), 0.001);
            double megabytes = rig.report().plan().view().bounds().megabytes();
            assertTrue(megabytes < VirtualizerRig.MEMORY / 1e6 && megabytes > 10, "reckoned with " + megabytes);
        }
    }

    @Test
    void aThrottledStackGetsMoreProcessorTime() {
        StackResources least = new StackResources(0.5, VirtualizerRig.MEMORY, 16, 1 << 20);
        StackResources most = new StackResources(4, 4 * VirtualizerRig.MEMORY, 16, 1 << 20);
        StackBounds bounds = new StackBounds(0, 8, new ResourceBounds(least, most, 4));
        try (VirtualizerRig rig = new VirtualizerRig(always(1, 0, 0), bounds).open()) {
            for (long second = 1; second <= 60; second++) {
                rig.engine.usage = new StackUsage(second * 1_000_000_000, second * 800_000_000, 10_000_000, 3, 0);
                rig.run(1000);
            }
            List<String> updates = rig.engine.calls.stream()
                    .filter(call -> call.startsWith("update"))
                    .toList();
            assertEquals(1, updates.size(), updates::toString);
            assertTrue(Double.parseDouble(updates.get(0).substring(7)) > 1, updates::toString);
            assertTrue(rig.counts.containsKey(ResourceReason.CPU_THROTTLED.name()), rig.counts::toString);
        }
    }

    @Test
    void whatCannotBeReadCountsAndStopsNothing() {
        try (VirtualizerRig rig = new VirtualizerRig(always(1, 0, 0), BOUNDS).open()) {
            rig.engine.isUnreadable = true;
            rig.run(4000);
            rig.send(5);
            rig.run(100);
            assertEquals(5, rig.replies());
            assertEquals(1, rig.report().readings().get(0).headroom());
            assertTrue(rig.counts.get(VirtualizerReason.USAGE_UNREADABLE.name()) >= 2, rig.counts::toString);
        }
    }

    @Test
    void atTheEndMessagesAreRefusedAndNothingIsLeft() {
        VirtualizerRig rig = rig().open();
        rig.send(3);
        var ended = rig.virtualizer.stop().toCompletableFuture();
        rig.run(1000);
        assertTrue(ended.isDone());
        assertEquals(3, rig.results.size());
        rig.results.forEach(result -> assertEquals(
                MuxReason.CLOSED,
                assertInstanceOf(MessageResult.Refused.class, result).reason()));
        assertEquals(
                rig.engine.calls.stream().filter("create"::equals).count(),
                rig.engine.calls.stream().filter("destroy"::equals).count());
        assertEquals(List.of(), rig.engine.find("rig").toCompletableFuture().join());
    }

    @Test
    void detachedStacksAreLeftForTheNextOne() {
        VirtualizerRig rig = new VirtualizerRig(always(2, 0, 0), BOUNDS).open();
        rig.run(2000);
        rig.virtualizer.detach();
        rig.run(1000);
        assertFalse(rig.engine.calls.contains("destroy"));
        assertEquals(2, rig.engine.find("rig").toCompletableFuture().join().size());
        rig.engine.close();
    }

    @Test
    void saysWhatDoesNotFit() {
        VirtualizerRig rig = rig();
        IllegalArgumentException most = assertThrows(IllegalArgumentException.class, () -> new StackBounds(2, 1));
        assertTrue(most.getMessage().startsWith("least: 2 (expected: "), most.getMessage());
        StackVirtualizerBuilder none = StackVirtualizer.builder("x", rig.channel.eventLoop());
        IllegalArgumentException kinds = assertThrows(IllegalArgumentException.class, none::build);
        assertTrue(kinds.getMessage().startsWith("kind: "), kinds.getMessage());
        rig.close();
    }
}
