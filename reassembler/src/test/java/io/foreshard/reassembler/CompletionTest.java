package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private static final long SECOND = 1_000 * Bench.MILLI;

    private static Completion completion(SeededRandom random, long silenceNanos, long remainingBytes, boolean gaps) {
        long last = 5 * SECOND;
        return new Completion(
                last + silenceNanos,
                last,
                last + 1 + random.nextLong(10 * SECOND),
                remainingBytes,
                1 + random.nextInt(2_000),
                random.chance(0.2) ? 0 : random.nextDouble() / 10,
                gaps,
                random.chance(0.5),
                1 + random.nextLong(SECOND),
                random.nextLong(SECOND / 10),
                Bench.MILLI + random.nextLong(SECOND),
                random.nextDouble());
    }

    @Test
    void theProbabilityNeverRisesWithMissingBytesSilenceOrGaps() {
        Property.named("completion is monotone").runs(500).check((random, size) -> {
            long seed = random.nextLong();
            long silence = random.nextLong(10 * SECOND);
            long remaining = 1 + random.nextLong(10_000_000);
            double p = completion(new SeededRandom(seed), silence, remaining, false)
                    .probability();
            assertTrue(p >= 0 && p <= 1, "p " + p);
            double more = completion(new SeededRandom(seed), silence, remaining + random.nextLong(1_000_000), false)
                    .probability();
            assertTrue(more <= p, "more missing: " + more + " > " + p);
            double longer = completion(new SeededRandom(seed), silence + random.nextLong(SECOND), remaining, false)
                    .probability();
            assertTrue(longer <= p, "longer silence: " + longer + " > " + p);
            double gaps =
                    completion(new SeededRandom(seed), silence, remaining, true).probability();
            assertTrue(gaps <= p, "gaps: " + gaps + " > " + p);
        });
    }

    @Test
    void theExpectedTimeIsNotInThePastAndMonotoneToo() {
        Property.named("expected completion is monotone").runs(500).check((random, size) -> {
            long seed = random.nextLong();
            long silence = random.nextLong(10 * SECOND);
            long remaining = 1 + random.nextLong(10_000_000);
            Completion one = completion(new SeededRandom(seed), silence, remaining, false);
            assertTrue(one.expectedNanos() >= one.nowNanos());
            assertTrue(completion(new SeededRandom(seed), silence, remaining + 1_000, false)
                            .expectedNanos()
                    >= one.expectedNanos());
            assertTrue(completion(new SeededRandom(seed), silence + SECOND / 9, remaining, false)
                            .expectedNanos()
                    >= one.expectedNanos());
        });
    }

    @Test
    void foretellsASteadyTransfer() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.source.onPath(20 * Bench.MILLI, Bench.MILLI, 0);
            TestMessage message = bench.message(1, 100_000, 1_000, 17);
            long start = bench.now;
            for (int index = 0; index < 50; index++) {
                peer.receive(message.packet(0, index));
                bench.passMillis(2);
            }
            // 1 kB in 2 ms: the last of 101 shards comes 200 ms after the first.
            MessageProgress progress = bench.engine.progress(peer.source, 1, bench.now);
            assertNotNull(progress);
            assertEquals(50_000, progress.receivedBytes());
            assertEquals(100_004, progress.totalBytes());
            double expectedMillis = (progress.expectedCompletionNanos() - start) / 1e6;
            assertEquals(200, expectedMillis, 10);
            assertTrue(progress.completionProbability() > 0.99);
            assertNull(bench.engine.progress(peer.source, 2, bench.now));
        }
    }

    @Test
    void evictsTheLeastLikelyNotTheOldest() {
        try (Bench bench = new Bench(builder -> builder.maxMessagesPerSource(3))) {
            Bench.Peer peer = bench.peer();
            peer.source.onPath(20 * Bench.MILLI, Bench.MILLI, 0);
            TestMessage old = bench.message(1, 20_000, 1_000, 16);
            TestMessage silent = bench.message(2, 20_000, 1_000, 16);
            TestMessage young = bench.message(3, 20_000, 1_000, 16);
            peer.receive(old.packet(0, 0));
            bench.passMillis(10);
            peer.receive(silent.packet(0, 0));
            for (int index = 1; index < 15; index++) {
                bench.passMillis(50);
                peer.receive(old.packet(0, index));
            }
            peer.receive(young.packet(0, 0));
            peer.receive(bench.message(4, 20_000, 1_000, 16).packet(0, 0));
            assertEquals(
                    List.of(2L),
                    peer.failures.stream().map(f -> f.info().messageId()).toList());
        }
    }
}
