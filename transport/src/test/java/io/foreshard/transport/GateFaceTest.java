package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.Reason;
import io.foreshard.simulator.link.Impairment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the application and its operator see of a gate: the session's report, counters, the listener, and the flight recorder. */
@Isolated("records or counts what all threads do")
class GateFaceTest {

    private static final double CAPACITY = 125_000;
    private static final Duration UNTIL_JUDGED = Duration.ofSeconds(6);
    private static final Impairment PATH = Impairment.builder()
            .rateBytesPerSecond(CAPACITY)
            .delay(Duration.ofMillis(20))
            .queueBytes(50_000)
            .build();

    @TempDir
    Path folder;

    /** Expects ten times what comes. */
    private static final class Boaster implements Forecaster {

        private double last;

        @Override
        public void update(double sample) {
            last = Double.isNaN(sample) ? last : sample;
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            double[] mean = new double[horizonSteps];
            Arrays.fill(mean, 10 * last);
            return new Forecast(mean, new double[] {0.1, 0.9}, new double[][] {mean, mean}, 1);
        }
    }

    private static TransportConfigBuilder config() {
        return SimulatedPair.config(1).forecaster(Boaster::new).planningInterval(Duration.ofMillis(50));
    }

    private static SimulatedPair pair(TransportConfigBuilder config) {
        return new SimulatedPair(
                1, PATH, PATH, config.build(), SimulatedPair.config(2).build(), 1);
    }

    private static ShardSession run(SimulatedPair pair) {
        ShardSession session = pair.connect();
        new BulkRun(pair, 10_000).feed(session, 50_000).watch(UNTIL_JUDGED);
        return session;
    }

    @Test
    void aGateThatFindsNoSkillSaysSoEverywhere() {
        List<Reason> observed = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        TransportConfigBuilder config = config().observer((reason, amount) -> observed.add(reason))
                .gateListener((subject, report) -> heard.add(subject + " " + report.reason()));
        try (SimulatedPair pair = pair(config)) {
            GateReport report = run(pair).gate();
            assertEquals(GateReason.NO_SKILL, report.reason());
            assertTrue(report.scaledError() > 1, report::toString);
            assertTrue(report.sinceNanos() > 0, report::toString);
            assertEquals(1, pair.count(pair.client, GateReason.NO_SKILL));
            assertEquals(
                    1, observed.stream().filter(GateReason.NO_SKILL::equals).count());
            assertEquals(List.of("path 0 to " + pair.serverAddress() + " NO_SKILL"), heard);
        }
    }

    @Test
    void aGateWithoutForecasterLearnsAndAGateHeldShutSaysSo() {
        for (GateMode mode : GateMode.values()) {
            try (SimulatedPair pair = pair(SimulatedPair.config(1).gate(mode))) {
                GateReason expected = mode == GateMode.SHUT ? GateReason.HELD_SHUT : GateReason.LEARNING;
                assertEquals(expected, pair.connect().gate().reason());
                assertEquals(0, pair.count(pair.client, expected), "a state that never changed is not counted");
            }
        }
    }

    @Test
    void aListenerThatThrowsIsCountedAndTheGateWorksOn() {
        TransportConfigBuilder config = config().gateListener((subject, report) -> {
            throw new IllegalStateException("gate listener");
        });
        try (SimulatedPair pair = pair(config)) {
            pair.expectWarning("The listener of a session failed");
            assertEquals(GateReason.NO_SKILL, run(pair).gate().reason());
            assertEquals(1, pair.count(pair.client, TransportReason.LISTENER_FAILED));
        }
    }

    @Test
    void theFlightRecorderTakesPlansOutlooksAndGates() throws IOException {
        List<RecordedEvent> events;
        String subject;
        try (Recording recording = new Recording()) {
            for (String name : List.of("ShardPlan", "PathOutlook", "Gate")) {
                recording.enable("io.foreshard." + name);
            }
            recording.start();
            try (SimulatedPair pair = pair(config())) {
                run(pair);
                subject = "path 0 to " + pair.serverAddress();
            }
            recording.stop();
            Path file = folder.resolve("gate.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }
        assertPlans(events, subject);
        assertOutlooks(events, subject);
        List<RecordedEvent> gates = named(events, "Gate", subject);
        assertEquals(1, gates.size());
        assertEquals("NO_SKILL", gates.get(0).getString("reason"));
    }

    private static void assertPlans(List<RecordedEvent> events, String subject) {
        List<RecordedEvent> plans = named(events, "ShardPlan", subject);
        assertFalse(plans.isEmpty());
        RecordedEvent last = plans.get(plans.size() - 1);
        assertEquals(10_000, last.getLong("messageBytes"));
        assertEquals(9, last.getInt("shardCount"));
        assertEquals("FIXED", last.getString("cause"));
        assertEquals(0, last.getLong("paceBytesPerSecond"));
        assertFalse(last.getBoolean("predictive"));
        assertTrue(last.getDouble("bandwidth") > CAPACITY, "as the forecaster boasts");
    }

    private static void assertOutlooks(List<RecordedEvent> events, String subject) {
        List<RecordedEvent> outlooks = named(events, "PathOutlook", subject);
        assertTrue(outlooks.size() > 100, () -> outlooks.size() + " outlooks");
        RecordedEvent last = outlooks.get(outlooks.size() - 1);
        assertEquals(CAPACITY, last.getDouble("observed"), 0.2 * CAPACITY);
        assertEquals(10 * last.getDouble("observed"), last.getDouble("expected"), 3 * CAPACITY);
        assertTrue(last.getDouble("scaledError") > 1);
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name, String subject) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.foreshard." + name))
                .filter(event -> event.getString("subject").equals(subject))
                .toList();
    }
}
