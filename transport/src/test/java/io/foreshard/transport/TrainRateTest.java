package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.ImpairmentBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainRateTest {

    private static final int PACKET = 1200;
    private static final double CAPACITY = 12.5e6;

    private final TrainRate trains = new TrainRate();
    private final RateSample sample = new RateSample();

    /** Acknowledges every eighth of 64 packets. */
    private void train(long sentMicrosApart, long receivedMicrosApart, int receiverClockMicros) {
        for (int number = 0; number < 64; number += 8) {
            long sent = number * sentMicrosApart * 1_000;
            int received = receiverClockMicros + (int) (number * receivedMicrosApart);
            trains.onAck(number, sent, received, (long) number * PACKET, sample);
        }
    }

    @Test
    void takesTheSlowerOfTheTwoSides() {
        train(100, 50, 1_000);
        assertEquals(12_000_000, sample.trainBytesPerSecond(), "packets read bunched prove nothing");
        assertFalse(sample.wasTrainSpread());
    }

    @Test
    void seesABusyBottleneckInPacketsThatSpread() {
        train(50, 100, 1_000);
        assertEquals(12_000_000, sample.trainBytesPerSecond());
        assertTrue(sample.wasTrainSpread());
    }

    @Test
    void readsAReceiverClockThatWraps() {
        train(100, 100, Integer.MAX_VALUE - 1_000);
        assertEquals(12_000_000, sample.trainBytesPerSecond());
    }

    @Test
    void saysNothingOfAFewPacketsOrOfMicroseconds() {
        trains.onAck(0, 0, 0, 0, sample);
        trains.onAck(8, 800_000, 800, 8 * PACKET, sample);
        assertEquals(0, sample.trainBytes, "eight packets");
        trains.onAck(100, 900_000, 400, 100 * PACKET, sample);
        assertEquals(0, sample.trainBytes, "less than half a millisecond");
    }

    private static ImpairmentBuilder path(int rttMillis) {
        return Impairment.builder()
                .rateBytesPerSecond(CAPACITY)
                .delay(Duration.ofMillis(rttMillis).dividedBy(2))
                .queueBytes((long) (CAPACITY * rttMillis / 1e3));
    }

    /** Sends messages of 64 KiB at a third of the capacity. */
    private static void sendNowAndThen(SimulatedPair pair, ShardSession session, Duration length) {
        pair.atServer.keepContent = false;
        for (long sent = 0; sent < length.toMillis(); sent += 16) {
            pair.send(session, 65_536);
            pair.simulation.runFor(Duration.ofMillis(16));
        }
    }

    @ParameterizedTest
    @CsvSource({"50, 0", "50, 0.1", "250, 0.05"})
    void messagesShorterThanThePipeLeaveAtItsCapacity(int rttMillis, double loss) {
        try (SimulatedPair pair =
                new SimulatedPair(5, path(rttMillis).loss(loss).build())) {
            ShardSession session = pair.connect();
            sendNowAndThen(pair, session, Duration.ofSeconds(rttMillis > 100 ? 5 : 2));
            for (int look = 0; look < 10; look++) {
                sendNowAndThen(pair, session, Duration.ofMillis(100));
                double pace = session.stats().rateBytesPerSecond() / CAPACITY;
                assertTrue(pace > 0.85 && pace < 1.3, () -> "pace by capacity " + pace);
            }
            pair.simulation.runFor(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {24_000, 60_000})
    void messagesShorterThanThePipeDoNotOverrunAShallowQueue(int queueBytes) {
        try (SimulatedPair pair =
                new SimulatedPair(6, path(50).queueBytes(queueBytes).build())) {
            ShardSession session = pair.connect();
            sendNowAndThen(pair, session, Duration.ofSeconds(2));
            var link = pair.simulation.link(pair.clientNode, pair.serverNode);
            long offered = link.statistics().offeredDatagrams();
            long dropped = link.statistics().dropped(DropReason.QUEUE_FULL);
            sendNowAndThen(pair, session, Duration.ofSeconds(2));
            double lost = (double) (link.statistics().dropped(DropReason.QUEUE_FULL) - dropped)
                    / (link.statistics().offeredDatagrams() - offered);
            System.out.printf("queue of %d B, messages: queue loss %.4f%n", queueBytes, lost);
            assertTrue(lost < 0.03, () -> "lost " + lost);
            pair.simulation.runFor(Duration.ofSeconds(3));
        }
    }

    @Test
    void aDozenPacketsAreATrain() {
        trains.onAck(0, 0, 0, 0, sample);
        trains.onAck(11, 1_100_000, 1_100, 11 * PACKET, sample);
        assertEquals(0, sample.trainBytes);
        trains.onAck(12, 1_200_000, 1_200, 12 * PACKET, sample);
        assertEquals(12_000_000, sample.trainBytesPerSecond());
    }

    @Test
    void aReceiverClockThatWentBackBeginsANewTrain() {
        trains.onAck(0, 0, 50_000_000, 0, sample);
        trains.onAck(100, 10_000_000, 1_000, 100 * PACKET, sample);
        assertEquals(0, sample.trainBytes);
        trains.onAck(112, 11_200_000, 2_200, 112 * PACKET, sample);
        assertEquals(12_000_000, sample.trainBytesPerSecond());
    }
}
