package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.reassembler.ReassemblyReason;
import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.ImpairmentBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RedundancyTest {

    private static final int MESSAGE = 40_000;
    private static final long MILLI = 1_000_000L;

    private static ImpairmentBuilder path() {
        return Impairment.builder()
                .rateBytesPerSecond(5_000_000)
                .delay(Duration.ofMillis(15))
                .queueBytes(150_000);
    }

    private static TransportConfig planned(long seed, UnaryOperator<ShardPlan> change) {
        return SimulatedPair.config(seed)
                .shardPolicy(
                        request -> change.apply(FixedShardPolicy.pathSized().plan(request)))
                .build();
    }

    private static List<Future<Void>> send(SimulatedPair pair, ShardSession session, int messages) {
        pair.atServer.keepContent = false;
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sent.add(pair.send(session, MESSAGE));
            pair.simulation.runFor(Duration.ofMillis(20));
        }
        return sent;
    }

    private static long copies(SimulatedPair pair) {
        return pair.count(pair.client, TransportReason.REPAIR_COPIED)
                + pair.count(pair.client, TransportReason.TAIL_COPIED);
    }

    @Test
    void copiesStayWithinTheirShareHoweverMuchIsLostAndNothingIsDeliveredTwice() {
        Property.named("copies stay within their share").runs(8).maxSize(30).check((random, size) -> {
            int tail = random.nextInt(4);
            Impairment lossy = path().loss(size / 100.0).build();
            TransportConfig config = planned(random.nextLong(), plan -> plan.withTailCopies(tail));
            try (SimulatedPair pair = new SimulatedPair(random.nextLong(), lossy, lossy, config, 1)) {
                ShardSession session = pair.connect();
                int messages = 60;
                List<Future<Void>> sent = send(pair, session, messages);
                pair.runUntilDone(sent, Duration.ofMinutes(2));
                assertTrue(sent.stream().allMatch(Future::isSuccess), "all delivered");
                Set<Long> ids = new HashSet<>();
                pair.atServer.infos.forEach(info -> assertTrue(ids.add(info.messageId()), "delivered twice"));
                assertEquals(messages, ids.size());
                long asked = (long) messages * (MESSAGE / 1144 + 1)
                        + pair.count(pair.client, TransportReason.SHARD_REPAIRED);
                double most = asked * Redundancy.SHARE_PERCENT / 100.0 + Redundancy.DEPTH_PACKETS / 2.0;
                assertTrue(copies(pair) <= most, () -> copies(pair) + " copies, expected at most " + most);
            }
        });
    }

    @Test
    void bestEffortMessagesGetNoRepairsAndNoCopiesOfThem() {
        Impairment lossy = path().loss(0.1).build();
        try (SimulatedPair pair = new SimulatedPair(3, lossy)) {
            ShardSession session = pair.connect();
            for (int i = 0; i < 50; i++) {
                var unused = session.send(pair.message(new byte[MESSAGE]), MessageOptions.bestEffort());
                pair.simulation.runFor(Duration.ofMillis(20));
            }
            pair.simulation.runFor(Duration.ofSeconds(2));
            assertEquals(0, pair.count(pair.client, TransportReason.SHARD_REPAIRED));
            assertEquals(0, copies(pair));
        }
    }

    @Test
    void theTailLeavesTwiceLaterThanTheMessageAndOnlyOnce() {
        try (SimulatedPair pair =
                new SimulatedPair(4, path().build(), path().build(), planned(4, plan -> plan.withTailCopies(3)), 1)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, MESSAGE), Duration.ofSeconds(10));
            pair.clientTap.recording = true;
            pair.simulation.await(pair.send(session, MESSAGE), Duration.ofSeconds(10));
            pair.simulation.runFor(Duration.ofSeconds(1));
            List<Integer> indices = pair.clientTap.out(PacketKind.SHARD).stream()
                    .map(seen -> ByteBuffer.wrap(seen.bytes()).get(39) & 0xFF)
                    .toList();
            int count = MESSAGE / 1144 + 1;
            assertEquals(count + 3, indices.size());
            assertEquals(List.of(count - 1, count - 2, count - 3), indices.subList(count, count + 3));
            assertEquals(0, pair.count(pair.client, TransportReason.SHARD_REPAIRED));
            assertTrue(pair.count(pair.server, ReassemblyReason.DUPLICATE) <= 3);
            assertEquals(2, pair.atServer.messages.size());
        }
    }

    @Test
    void aTailThatIsLostNeedsNobodyToAskWhenItLeftTwice() {
        try (SimulatedPair pair =
                new SimulatedPair(5, path().build(), path().build(), planned(5, plan -> plan.withTailCopies(1)), 1)) {
            ShardSession session = pair.connect();
            pair.runUntilDone(send(pair, session, 20), Duration.ofSeconds(10));
            boolean[] dropped = new boolean[1];
            pair.clientTap.dropOut = seen -> {
                boolean last = seen.kind() == PacketKind.SHARD && (seen.bytes()[39] & 0xFF) == MESSAGE / 1144;
                boolean drop = last && !dropped[0];
                dropped[0] |= last;
                return drop;
            };
            long repairs = pair.count(pair.client, TransportReason.SHARD_REPAIRED);
            long before = pair.simulation.nowNanos();
            pair.send(session, MESSAGE);
            pair.simulation.runUntil(() -> pair.atServer.messages.size() == 21, Duration.ofSeconds(5));
            assertTrue(dropped[0]);
            long took = pair.simulation.nowNanos() - before;
            assertTrue(took < 40 * MILLI, () -> "took " + took + " ns, and a repair would take a round trip of 30 ms");
            assertEquals(repairs, pair.count(pair.client, TransportReason.SHARD_REPAIRED));
        }
    }

    @Test
    void aPlanCapsThePaceOfItsMessage() {
        try (SimulatedPair pair =
                new SimulatedPair(6, path().build(), path().build(), planned(6, plan -> plan.withPace(100_000)), 1)) {
            ShardSession session = pair.connect();
            long before = pair.simulation.nowNanos();
            pair.simulation.await(pair.send(session, 200_000), Duration.ofSeconds(10));
            double seconds = (pair.simulation.nowNanos() - before) / 1e9;
            assertTrue(seconds > 1.9 && seconds < 2.5, () -> "took " + seconds + " s");
        }
    }

    @Test
    void aPaceOfAnOutageDoesNotOutlastIt() {
        AtomicInteger plans = new AtomicInteger();
        UnaryOperator<ShardPlan> slowAtFirst = plan -> plans.incrementAndGet() == 1 ? plan.withPace(10_000) : plan;
        try (SimulatedPair pair = new SimulatedPair(6, path().build(), path().build(), planned(6, slowAtFirst), 1)) {
            ShardSession session = pair.connect();
            long before = pair.simulation.nowNanos();
            pair.simulation.await(pair.send(session, 20_000), Duration.ofSeconds(10));
            double seconds = (pair.simulation.nowNanos() - before) / 1e9;
            assertTrue(seconds < 0.4, () -> "took " + seconds + " s, and two at the first pace");
            assertEquals(2, plans.get());
        }
    }

    private static Path path(int mtuBytes) {
        return new Path(
                0,
                Carrier.DATAGRAM,
                new InetSocketAddress("192.0.2.1", 1),
                mtuBytes,
                MILLI,
                TransportConfig.defaults().gate("path"),
                0);
    }

    private static void roundTrips(Path path, long nanos) {
        for (int i = 0; i < 100; i++) {
            path.rtt.onSample(nanos, 0, i * MILLI);
        }
    }

    /** Loses all of a number of packets. */
    private static void lose(Path path, int packets) {
        for (int i = 0; i < packets; i++) {
            path.loss.onSent(i * MILLI, 1200, null, 0, false);
        }
        path.loss.loseAll(packets * MILLI, new LossDetector.Listener() {
            @Override
            public void onShardArrived(OutboundBlock block, int tag, long nowNanos) {}

            @Override
            public void onShardLost(OutboundBlock block, int tag, long packetNumber, long nowNanos) {}
        });
    }

    @Test
    void aQueueEndsCopiesAndProbes() {
        Path path = path(1200);
        roundTrips(path, 50 * MILLI);
        lose(path, 100);
        assertFalse(path.redundancy.isQueueing());
        assertTrue(path.redundancy.isWorthwhile());
        roundTrips(path, 70 * MILLI);
        assertTrue(path.redundancy.isQueueing());
        assertFalse(path.redundancy.isWorthwhile());
    }

    @Test
    void aLossCountsOnceHoweverOftenItIsAskedFor() {
        Path path = path(1200);
        lose(path, 64);
        assertEquals(64.0 / 512, path.redundancy.lossRatio(), 1e-9);
        assertEquals(64.0 / 512, path.redundancy.lossRatio(), 1e-9);
    }

    @Test
    void theBudgetHoldsAFewPacketsAndItsSpareHalfIsForTails() {
        Redundancy budget = path(1200).redundancy;
        assertTrue(budget.tryPaySpare(600), "half of it is there at the start");
        assertFalse(budget.tryPaySpare(1), "below the half it is for repairs");
        for (int i = 0; i < 31; i++) {
            assertTrue(budget.tryPay(1200));
        }
        assertFalse(budget.tryPay(1200), "half a packet is left");
        assertTrue(budget.tryPay(600));
        budget.onSent(10_000_000);
        assertEquals(Redundancy.DEPTH_PACKETS, budget.affordable());
    }

    @Test
    void whatAFullQueueLosesIsNotCopied() {
        CapacityTrace falls =
                CapacityTrace.constant(5_000_000).withEpisode(Duration.ofSeconds(2), Duration.ofSeconds(10), 400_000);
        try (SimulatedPair pair = new SimulatedPair(
                7,
                path().capacity(falls).build(),
                path().build(),
                SimulatedPair.config(7).build(),
                1)) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 20_000).feed(session, 1_000_000);
            run.watch(Duration.ofSeconds(6));
            long repaired = pair.count(pair.client, TransportReason.SHARD_REPAIRED);
            assertTrue(repaired > 50, () -> "repaired " + repaired);
            assertTrue(copies(pair) * 20 <= repaired, () -> copies(pair) + " copies of " + repaired + " repairs");
        }
    }
}
