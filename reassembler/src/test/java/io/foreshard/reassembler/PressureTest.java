package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What neighbours that hold much of the budget may not do to a sender that stays within its credit. */
class PressureTest {

    private static final long MIB = 1L << 20;

    @Test
    void deliversNothingTwiceWhileANeighbourHoldsNearlyHalfOfTheBudget() {
        try (Bench bench = new Bench(builder -> builder.maxBytes(4 * MIB)
                .maxBytesPerSource(2 * MIB)
                .maxMessageBytes(2 * MIB - 16)
                .maxMessagesPerSource(1_024))) {
            Bench.Peer neighbour = bench.peer();
            Bench.Peer peer = bench.peer();
            hold(bench, neighbour, 44 * 4 * MIB / 100);
            for (int id = 0; id < 40; id++) {
                assertEquals(ShardOutcome.COMPLETED, peer.receive(small(bench, id)));
            }
            bench.passMillis(100);
            for (int id = 0; id < 40; id++) {
                assertEquals(ShardOutcome.ALREADY_DELIVERED, peer.receive(small(bench, id)), "reminder of " + id);
            }
            assertEquals(40, peer.messages.size());
        }
    }

    @Test
    void remembersAsManyAsTheMessageCreditWhateverTheBudget() {
        for (long maxBytes : new long[] {MIB / 16, MIB, 64 * MIB}) {
            try (Bench bench = new Bench(builder -> builder.maxBytes(maxBytes)
                    .maxBytesPerSource(maxBytes / 4)
                    .maxMessageBytes(maxBytes / 8)
                    .unvalidatedPoolBytes(0)
                    .finishedMemory(4_096)
                    .maxMessagesPerSource(4_096))) {
                Bench.Peer neighbour = bench.peer();
                Bench.Peer peer = bench.peer();
                hold(bench, neighbour, maxBytes / 3);
                int credit = peer.source.creditMessages();
                assertTrue(credit >= 64, "credit: " + credit);
                for (long first : new long[] {-37, 1L << 40}) {
                    deliverTwice(bench, peer, first, credit);
                }
            }
        }
    }

    private static void deliverTwice(Bench bench, Bench.Peer peer, long first, int messages) {
        for (long id = first + messages - 1; id >= first; id--) {
            assertEquals(ShardOutcome.COMPLETED, peer.receive(small(bench, id)));
        }
        for (long id = first; id < first + messages; id++) {
            assertEquals(ShardOutcome.ALREADY_DELIVERED, peer.receive(small(bench, id)), "reminder of " + id);
        }
        peer.release();
    }

    @Test
    void theMemoryOfManySourcesLeavesMostOfTheBudgetToMessages() {
        long maxBytes = 256 * MIB;
        try (Bench bench = new Bench(builder -> builder.maxBytes(maxBytes)
                .maxBytesPerSource(64 * MIB)
                .maxMessagesPerSource(1_024)
                .maxSources(10_000))) {
            for (int i = 0; i < 10_000; i++) {
                bench.peer();
            }
            assertEquals(1_024, bench.peers().get(9_999).source.creditMessages());
            assertTrue(bench.engine.usedBytes() < maxBytes / 4, "held: " + bench.engine.usedBytes());
        }
    }

    @Test
    void evictsNobodyWhoStaysWithinItsCredit() {
        for (int senders : new int[] {2, 5, 12}) {
            try (Bench bench = new Bench(builder -> builder.maxBytes(16 * MIB)
                    .maxBytesPerSource(8 * MIB)
                    .maxMessageBytes(MIB)
                    .maxMessagesPerSource(1_024))) {
                List<Sender> all = new ArrayList<>();
                for (int i = 0; i < senders; i++) {
                    all.add(new Sender(bench, bench.peer()));
                }
                for (int round = 0; round < 40; round++) {
                    all.forEach(Sender::learnCredit);
                    all.forEach(Sender::send);
                }
                assertEquals(0, bench.count(ReassemblyReason.EVICTED_GLOBAL));
                assertEquals(0, bench.count(ReassemblyReason.EVICTED_OWN));
                assertEquals(0, bench.count(ReassemblyReason.BUDGET_EXHAUSTED));
                assertTrue(bench.engine.usedBytes() > 4 * MIB, "held: " + bench.engine.usedBytes());
            }
        }
    }

    @Test
    void grantsOneLargestMessageToWhoHasNoneAsLongAsItFits() {
        try (Bench bench = new Bench(builder -> builder.maxBytes(4 * MIB)
                .maxBytesPerSource(MIB)
                .maxMessageBytes(MIB)
                .maxSources(200))) {
            List<Bench.Peer> peers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                peers.add(bench.peer());
            }
            Bench.Peer idle = peers.get(99);
            assertEquals(MIB + 4, idle.source.creditBytes());
            for (int i = 0; i < 3; i++) {
                hold(bench, peers.get(i), MIB * 3 / 4);
            }
            long credit = idle.source.creditBytes();
            assertTrue(credit < MIB / 10, "credit: " + credit);
            assertTrue(credit > 10_000, "credit: " + credit);
        }
    }

    @Test
    void grantsALargestMessageThatTheEmptyBudgetCanHold() {
        try (Bench bench = new Bench(
                builder -> builder.maxBytes(4 * MIB).maxBytesPerSource(MIB).maxMessageBytes(3 * MIB))) {
            Bench.Peer peer = bench.peer();
            assertEquals(3 * MIB + 4, peer.source.creditBytes());
            TestMessage message = bench.message(1, (int) (3 * MIB), 1_144, 16);
            peer.receiveAll(message.packets());
            assertTrue(message.isContentOf(peer.messages.get(0)));
        }
    }

    private static ByteBuf small(Bench bench, long id) {
        return bench.message(id, 100, 1_144, 16).packet(0, 0);
    }

    /** Leaves messages unfinished until the source holds this much. */
    private static void hold(Bench bench, Bench.Peer peer, long bytes) {
        for (int id = 0; peer.source.heldBytes() < bytes && id < 2_000; id++) {
            TestMessage message = bench.message(id, 6_000, 1_144, 16);
            for (int index = 1; index < message.shards(0); index++) {
                peer.receive(message.packet(0, index));
            }
        }
    }

    /** Begins as many messages as its credit allows, and finishes none. */
    private static final class Sender {

        private static final int LENGTH = 20_000;

        private final Bench bench;
        private final Bench.Peer peer;
        private long credit;
        private long begun;

        Sender(Bench bench, Bench.Peer peer) {
            this.bench = bench;
            this.peer = peer;
        }

        void learnCredit() {
            credit = peer.source.creditBytes();
        }

        void send() {
            for (; (begun + 1) * (LENGTH + 4) <= credit; begun++) {
                List<ByteBuf> packets = bench.message(begun, LENGTH, 1_144, 16).packets();
                peer.receiveAllBut(List.of(3), packets);
            }
        }
    }
}
