package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.coreapi.PathSample;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double CAPACITY = 1_250_000;
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(CAPACITY)
            .delay(Duration.ofMillis(20))
            .queueBytes(500_000)
            .build();

    private static SimulatedPair pair(TransportConfigBuilder config) {
        return pair(config, CLEAN);
    }

    private static SimulatedPair pair(TransportConfigBuilder config, Impairment forth) {
        return new SimulatedPair(
                1, forth, CLEAN, config.build(), SimulatedPair.config(2).build(), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "damped-trend", "online", "automatic"})
    void theOutlookBecomesKnownAndItsLevelRisesWhenCapacityFalls(String forecaster) {
        TransportConfigBuilder config = SimulatedPair.config(1);
        if (!forecaster.isEmpty()) {
            config.forecaster(forecaster, Map.of("non-negative", "true"));
        }
        CapacityTrace trace = CapacityTrace.constant(CAPACITY)
                .withEpisode(Duration.ofSeconds(5), Duration.ofSeconds(5), CAPACITY / 5);
        try (SimulatedPair pair = pair(config, CLEAN.toBuilder().capacity(trace).build())) {
            ShardSession session = pair.connect();
            assertFalse(session.outlook().isKnown());
            BulkRun run = new BulkRun(pair, 20_000).feed(session, 500_000);
            run.watch(Duration.ofSeconds(4));
            PathOutlook before = session.outlook();
            assertTrue(before.bandwidthBytesPerSecond() > 0.8 * CAPACITY, () -> "outlook " + before);
            assertTrue(before.bandwidthBytesPerSecond() < 1.2 * CAPACITY, () -> "outlook " + before);
            run.watch(Duration.ofSeconds(3));
            PathOutlook during = session.outlook();
            assertTrue(during.bandwidthBytesPerSecond() < 0.4 * CAPACITY, () -> "outlook " + during);
            assertTrue(during.congestionLevel() > before.congestionLevel() + 0.3, () -> before + " then " + during);
            assertTrue(during.bandwidthLowBytesPerSecond() <= during.bandwidthBytesPerSecond());
            assertTrue(during.bandwidthHighBytesPerSecond() >= during.bandwidthBytesPerSecond());
        }
    }

    private static final class Broken implements Forecaster {

        private final Supplier<Forecast> answer;

        Broken(Supplier<Forecast> answer) {
            this.answer = answer;
        }

        @Override
        public void update(double sample) {}

        @Override
        public Forecast forecast(int horizonSteps) {
            return answer.get();
        }
    }

    private static Forecast constant(double value) {
        double[] mean = new double[20];
        Arrays.fill(mean, value);
        return new Forecast(mean, new double[] {0.1, 0.9}, new double[][] {mean, mean}, value);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -1e300,
                1e300,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                0,
                -0.0
            })
    void aForecasterThatAnswersNonsenseDoesNoHarm(double value) {
        try (SimulatedPair pair = pair(SimulatedPair.config(1).forecaster(() -> new Broken(() -> constant(value))))) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 20_000).feed(session, 500_000);
            run.watch(Duration.ofSeconds(1)).watch(Duration.ofSeconds(2));
            assertTrue(run.utilisation(CAPACITY) > 0.85, () -> "utilisation " + run.utilisation(CAPACITY));
            assertTrue(session.outlook().bandwidthBytesPerSecond() >= 0);
        }
    }

    @Test
    void aForecasterThatThrowsIsCountedAndTrafficGoesOn() {
        try (SimulatedPair pair = pair(SimulatedPair.config(1)
                .forecaster(() -> new Broken(() -> {
                    throw new IllegalStateException("forecaster");
                })))) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 20_000).feed(session, 500_000);
            run.watch(Duration.ofSeconds(1)).watch(Duration.ofSeconds(2));
            assertTrue(run.utilisation(CAPACITY) > 0.85);
            assertTrue(pair.count(pair.client, TransportReason.TELEMETRY_FAILED) >= 10);
        }
    }

    @Test
    void anExecutorThatRejectsIsCountedAndTrafficGoesOn() {
        TransportConfigBuilder config = SimulatedPair.config(1).forecastExecutor(task -> {
            throw new RejectedExecutionException("full");
        });
        try (SimulatedPair pair = pair(config)) {
            ShardSession session = pair.connect();
            new BulkRun(pair, 20_000).feed(session, 500_000).watch(Duration.ofSeconds(2));
            assertTrue(pair.count(pair.client, TransportReason.TELEMETRY_FAILED) >= 10);
            assertFalse(session.outlook().isKnown());
        }
    }

    @Test
    void aListenerOfOutlooksThatThrowsIsCountedToo() {
        TransportConfigBuilder config = SimulatedPair.config(1).outlookListener((remote, outlook, observed) -> {
            throw new IllegalStateException("listener");
        });
        try (SimulatedPair pair = pair(config)) {
            ShardSession session = pair.connect();
            new BulkRun(pair, 20_000).feed(session, 500_000).watch(Duration.ofSeconds(2));
            assertTrue(pair.count(pair.client, TransportReason.TELEMETRY_FAILED) >= 10);
            assertTrue(session.outlook().isKnown());
        }
    }

    @Test
    void anExternalSourceFillsInWhatOwnTrafficDoesNotShow() {
        PathSample sample = new PathSample(30_000_000L, 777_000, 0.01, 0, 1);
        try (SimulatedPair pair = pair(SimulatedPair.config(1).telemetrySource((remote, now) -> sample))) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 100), LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(777_000, session.outlook().bandwidthBytesPerSecond());
            assertEquals(0.01, session.outlook().lossRatio(), 1e-9);
        }
    }

    @Test
    void aSampleThatIsTooOldIsNotUsed() {
        PathSample old =
                new PathSample(30_000_000L, 777_000, 0.01, Duration.ofMinutes(1).toNanos(), 1);
        try (SimulatedPair pair = pair(SimulatedPair.config(1).telemetrySource((remote, now) -> old))) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 100), LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertTrue(session.outlook().bandwidthBytesPerSecond() != 777_000);
        }
    }

    @Test
    void aSourceThatThrowsIsCountedAndTrafficGoesOn() {
        TransportConfigBuilder config = SimulatedPair.config(1).telemetrySource((remote, now) -> {
            throw new IllegalStateException("source");
        });
        try (SimulatedPair pair = pair(config)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 500_000), LIMIT);
            assertTrue(pair.count(pair.client, TransportReason.TELEMETRY_FAILED) >= 2);
        }
    }

    @Test
    void aPolicyThatThrowsOrAnswersNonsenseIsCountedAndTheMessageArrives() {
        List<ShardPlan> plans = new ArrayList<>();
        for (int variant = 0; variant < 2; variant++) {
            boolean throwing = variant == 0;
            TransportConfigBuilder config = SimulatedPair.config(1)
                    .planListener((plan, outlook) -> plans.add(plan))
                    .shardPolicy(request -> {
                        if (throwing) {
                            throw new IllegalStateException("policy");
                        }
                        return ShardPlan.of(request.messageBytes(), 1, false, ShardPlan.Cause.CUSTOM, 0, 0);
                    });
            try (SimulatedPair pair = pair(config)) {
                if (throwing) {
                    pair.expectWarning("The sharding policy failed");
                }
                ShardSession session = pair.connect();
                pair.simulation.await(pair.send(session, 100_000), LIMIT);
                assertEquals(throwing, pair.count(pair.client, TransportReason.POLICY_FAILED) > 0);
                assertEquals(1, pair.atServer.messages.size());
            }
        }
        assertFalse(plans.isEmpty());
    }

    @Test
    void thePlanFollowsTheOutlookInsideALongMessageAtABlockBorder() {
        TransportConfigBuilder config = SimulatedPair.config(1).shardPolicy(request -> {
            int size = request.outlook().isKnown() ? 600 : 1144;
            return ShardPlan.of(request.messageBytes(), size, false, ShardPlan.Cause.CUSTOM, 0, 0);
        });
        try (SimulatedPair pair = pair(config)) {
            pair.serverTap.recording = true;
            ShardSession session = pair.connect();
            Future<Void> sent = pair.send(session, 2_000_000);
            pair.simulation.await(sent, LIMIT);
            int[] sizeOfBlock = new int[31];
            for (Tap.Seen shard : pair.serverTap.in(PacketKind.SHARD)) {
                ByteBuffer header = ByteBuffer.wrap(shard.bytes());
                int block = header.getShort(36);
                int size = header.getShort(40);
                assertTrue(sizeOfBlock[block] == 0 || sizeOfBlock[block] == size, "one size within a block");
                sizeOfBlock[block] = size;
            }
            assertEquals(1144, sizeOfBlock[0]);
            assertEquals(600, sizeOfBlock[30]);
        }
    }
}
