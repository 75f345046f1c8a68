package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(20))
            .queueBytes(64_000)
            .build();

    @Test
    void deliversOneMessageWhole() {
        try (SimulatedPair pair = new SimulatedPair(1, CLEAN)) {
            byte[] content = SimulatedPair.bytes(1, 200_000);
            ShardSession session = pair.connect();
            Future<Void> sent = session.send(pair.message(content), MessageOptions.reliable());
            pair.simulation.runUntil(sent::isDone, Duration.ofSeconds(20));
            assertTrue(sent.isSuccess(), () -> "cause: " + sent.cause());
            assertEquals(1, pair.atServer.messages.size());
            assertArrayEquals(content, pair.atServer.messages.get(0));
        }
    }

    @Test
    void deliversEveryReliableMessageOnceOverABadPath() {
        Property.named("every reliable message is delivered once over a bad path")
                .runs(20)
                .maxSize(30)
                .check((random, size) -> {
                    Impairment bad = CLEAN.toBuilder()
                            .loss(0.05)
                            .reorder(0.05, Duration.ofMillis(10))
                            .duplicate(0.02)
                            .corrupt(0.02)
                            .truncate(0.01)
                            .coalesce(0.01)
                            .jitter(Duration.ofMillis(5))
                            .build();
                    long seed = random.nextLong();
                    try (SimulatedPair pair = new SimulatedPair(seed, bad)) {
                        ShardSession session = pair.connect();
                        List<Future<Void>> sent = new ArrayList<>();
                        for (int i = 0; i < size; i++) {
                            byte[] content = SimulatedPair.bytes(i, 1 + random.nextInt(40_000));
                            sent.add(session.send(pair.message(content), MessageOptions.reliable()));
                        }
                        pair.simulation.runUntil(() -> sent.stream().allMatch(Future::isDone), Duration.ofMinutes(5));
                        sent.forEach(future -> assertTrue(future.isSuccess(), () -> "cause: " + future.cause()));
                        assertEquals(size, pair.atServer.messages.size());
                    }
                });
    }
}
