package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.reassembler.MessageProgress;
import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivingTest {

    @Test
    void foretellsWhenAMessageWillBeWhole() {
        Impairment slow = Impairment.builder()
                .rateBytesPerSecond(100_000)
                .delay(Duration.ofMillis(20))
                .build();
        try (SimulatedPair pair = new SimulatedPair(1, slow)) {
            Future<Void> sent = pair.connect().send(pair.message(new byte[200_000]), MessageOptions.reliable());
            pair.simulation.runFor(Duration.ofMillis(1_500));
            List<MessageProgress> arriving =
                    pair.await(pair.atServer.opened.get(0).arriving());
            long askedNanos = pair.simulation.nowNanos();
            assertEquals(1, arriving.size());
            MessageProgress progress = arriving.get(0);
            assertTrue(progress.receivedBytes() > 50_000 && progress.receivedBytes() < 200_000, progress::toString);
            assertTrue(progress.completionProbability() > 0.9, progress::toString);
            assertTrue(pair.simulation.runUntil(sent::isDone, Duration.ofSeconds(30)));
            double foretold = progress.expectedCompletionNanos() - askedNanos;
            double took = pair.simulation.nowNanos() - askedNanos;
            assertEquals(1, foretold / took, 0.3, progress::toString);
            assertEquals(List.of(), pair.await(pair.atServer.opened.get(0).arriving()));
        }
    }
}
