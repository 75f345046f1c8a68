package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.RejectReason;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One forged packet never kills an honest message, wherever it comes. */
class ForgeryTest {

    private static final int LENGTH = 9_000;

    private static void deliversIn(Bench bench, Bench.Peer peer, TestMessage honest) {
        peer.receiveAll(honest.packets());
        assertEquals(1, peer.messages.size());
        assertTrue(honest.isContentOf(peer.messages.get(0)));
        assertEquals(0, peer.failures.size());
        assertEquals(0, peer.source.heldMessages());
        assertEquals(1, bench.count(ReassemblyReason.SUPERSEDED), "the forged shard");
    }

    @Test
    void aForgedFirstShardWithAnotherTotalDoesNotKeepTheMessageOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receive(bench.message(1, LENGTH + 500, 600, 16).packet(0, 3));
            deliversIn(bench, peer, bench.message(1, LENGTH, 600, 16));
        }
    }

    @Test
    void aForgedFirstShardWithAnotherExponentDoesNotKeepTheMessageOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receive(bench.message(1, LENGTH, 600, 12).packet(0, 3));
            deliversIn(bench, peer, bench.message(1, LENGTH, 600, 16));
        }
    }

    @Test
    void aForgedFirstShardWithAnotherContractDoesNotKeepTheMessageOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receive(bench.message(1, LENGTH, 600, 16)
                    .contract(Contract.BEST_EFFORT)
                    .packet(0, 3));
            deliversIn(bench, peer, bench.message(1, LENGTH, 600, 16));
        }
    }

    @Test
    void aForgedShardInTheMiddleChangesNothing() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            List<ByteBuf> packets = honest.packets();
            peer.receiveAll(packets.subList(0, 5));
            peer.receive(bench.message(1, LENGTH + 1, 600, 16).packet(0, 0));
            peer.receiveAll(packets.subList(5, packets.size()));
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aThirdVariantReplacesALoneShardOnly() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receive(bench.message(1, LENGTH + 1, 600, 16).packet(0, 0));
            peer.receive(bench.message(1, LENGTH + 2, 600, 16).packet(0, 0));
            assertEquals(2, peer.source.heldMessages());
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receive(honest.packet(0, 0));
            assertEquals(1, bench.count(ReassemblyReason.VARIANT_DROPPED));
            peer.receive(honest.packet(0, 1));
            TestMessage third = bench.message(1, LENGTH + 2, 600, 16);
            peer.receive(third.packet(0, 0));
            peer.receive(third.packet(0, 1));
            assertEquals(
                    ShardOutcome.DROPPED,
                    peer.receive(bench.message(1, LENGTH + 3, 600, 16).packet(0, 0)));
            assertEquals(1, bench.count(ReassemblyReason.CONTRADICTORY));
            for (int index = 2; index < honest.shards(0); index++) {
                peer.receive(honest.packet(0, index));
            }
            assertTrue(honest.isContentOf(peer.messages.get(0)));
            assertEquals(0, peer.source.heldMessages());
        }
    }

    @Test
    void aLoneShardThatCallsItselfTheWholeMessageDoesNotOutdoSeveral() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receive(honest.packet(0, 0));
            peer.receive(honest.packet(0, 1));
            TestMessage forged = new TestMessage(1, 100, 600, 16, 99).allocator(bench.allocator);
            assertEquals(ShardOutcome.DROPPED, peer.receive(forged.packet(0, 0)));
            for (int index = 2; index < honest.shards(0); index++) {
                peer.receive(honest.packet(0, index));
            }
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aForgedNewerGenerationDoesNotReplaceTheHonestOne() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            List<ByteBuf> packets = honest.packets();
            peer.receiveAll(packets.subList(0, 4));
            peer.receive(honest.packet(0, 100, 500, 2));
            peer.receiveAll(packets.subList(4, packets.size()));
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aForgedFirstGenerationDoesNotKeepTheHonestOneOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receive(honest.packet(0, 100, 500, 2));
            peer.receiveAll(honest.packets());
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aForgedGenerationDoesNotKeepALaterHonestOneOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receiveFirst(4, honest.packets());
            peer.receive(honest.packet(0, 100, 500, 2));
            peer.receiveAll(honest.packets(1, 400));
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aForgedShardSizeOfTheSameGenerationDoesNotKeepTheHonestOneOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receive(honest.packet(0, 0, 500, 2));
            peer.receiveAll(honest.packets());
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aGenerationThatIsNewerWins() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receiveFirst(4, honest.packets());
            peer.receiveFirst(3, honest.packets(1, 400));
            peer.receiveAll(honest.packets(2, 300));
            assertTrue(honest.isContentOf(peer.messages.get(0)));
            assertEquals(7, bench.count(ReassemblyReason.SUPERSEDED));
            assertEquals(0, bench.count(ReassemblyReason.STALE_GENERATION));
        }
    }

    @Test
    void anOlderGenerationIsDroppedOnceTwoShardsSpeakForTheNewer() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receiveFirst(3, honest.packets(255, 600));
            peer.receiveFirst(2, honest.packets(0, 400));
            assertEquals(ShardOutcome.DROPPED, peer.receive(honest.packet(0, 254, 600, 7)));
            assertEquals(1, bench.count(ReassemblyReason.STALE_GENERATION));
        }
    }

    @Test
    void theFirstShardOfAConflictWinsAndTheOtherIsCounted() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receive(honest.packet(0, 0));
            TestMessage forged = bench.message(1, LENGTH, 600, 16).damage(5);
            assertEquals(ShardOutcome.DROPPED, peer.receive(forged.packet(0, 0)));
            assertEquals(ShardOutcome.DUPLICATE, peer.receive(honest.packet(0, 0)));
            for (int index = 1; index < honest.shards(0); index++) {
                peer.receive(honest.packet(0, index));
            }
            assertTrue(honest.isContentOf(peer.messages.get(0)));
            assertEquals(1, bench.count(ReassemblyReason.CONFLICT));
            assertEquals(1, bench.count(ReassemblyReason.DUPLICATE));
        }
    }

    @Test
    void aForgedShardThatCameFirstCostsOneFreshGeneration() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 12);
            peer.receive(bench.message(1, LENGTH, 600, 12).damage(5).packet(0, 0));
            peer.receiveAll(honest.packets());
            assertEquals(0, peer.messages.size());
            assertEquals(1, bench.count(ReassemblyReason.CHECKSUM_RETRIED));
            assertEquals(1, peer.feedbackDue);
            List<Bench.Feedback> requests = peer.requests();
            assertEquals(honest.blocks(), requests.size());
            for (Bench.Feedback request : requests) {
                assertTrue(request.fresh());
                assertEquals(0, request.generation());
            }
            assertEquals(ShardOutcome.DROPPED, peer.receive(honest.packet(0, 0)), "the refused generation");
            peer.receiveAll(honest.packets(1, 600));
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void repeatsTheRequestForAFreshGenerationUntilItComes() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.source.onPath(20 * Bench.MILLI, Bench.MILLI, 0);
            TestMessage honest = bench.message(1, 60_000, 600, 11);
            peer.receiveAll(bench.message(1, 60_000, 600, 11).damage(5).packets());
            int asked = peer.requests().size();
            bench.passMillis(3);
            asked += peer.requests().size();
            assertEquals(honest.blocks(), asked, "every block once, sixteen at a time");
            bench.passMillis(5);
            assertEquals(0, peer.requests().size(), "not again within a round trip");
            bench.passMillis(60);
            assertTrue(peer.requests().size() >= 16, "again after a silence");
        }
    }

    @Test
    void failsWhenTheChecksumFailsTwice() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receiveAll(bench.message(1, LENGTH, 600, 16).damageTrailer().packets());
            peer.receiveAll(bench.message(1, LENGTH, 600, 16).damage(3).packets(1, 600));
            assertEquals(RejectReason.CHECKSUM, peer.failures.get(0).reason());
            assertEquals(1, bench.count(ReassemblyReason.CHECKSUM_FAILED));
            assertEquals(
                    ShardOutcome.ALREADY_FAILED,
                    peer.receive(bench.message(1, LENGTH, 600, 16).packet(0, 0)));
        }
    }

    @Test
    void failsAtOnceWhenNobodyCanBeAskedAgain() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer(false);
            peer.receiveAll(bench.message(1, LENGTH, 600, 16).damage(3).packets());
            assertEquals(RejectReason.CHECKSUM, peer.failures.get(0).reason());
            Bench.Peer known = bench.peer();
            known.receiveAll(bench.message(1, LENGTH, 600, 16)
                    .contract(Contract.BEST_EFFORT)
                    .damage(3)
                    .packets());
            assertEquals(RejectReason.CHECKSUM, known.failures.get(0).reason());
        }
    }

    @Test
    void oneForgedDeadlineDoesNotCutAMessageShort() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage honest = bench.message(1, LENGTH, 600, 16).deadlineMillis(5_000);
            peer.receive(honest.packet(0, 0));
            peer.receive(bench.message(1, LENGTH, 600, 16).deadlineMillis(1).packet(0, 1));
            bench.passMillis(100);
            assertEquals(0, peer.failures.size());
            for (int index = 2; index < honest.shards(0); index++) {
                peer.receive(honest.packet(0, index));
            }
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aVariantThatFailsLeavesTheOtherOneAlone() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receive(
                    bench.message(1, LENGTH + 1, 600, 16).deadlineMillis(10).packet(0, 0));
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receive(honest.packet(0, 0));
            bench.passMillis(20);
            assertEquals(0, peer.failures.size());
            assertEquals(1, peer.source.heldMessages());
            for (int index = 1; index < honest.shards(0); index++) {
                peer.receive(honest.packet(0, index));
            }
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void aMessageThatFailedDoesNotKeepAnotherOneOfItsIdOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.receive(
                    bench.message(1, LENGTH + 1, 600, 16).deadlineMillis(10).packet(0, 0));
            bench.passMillis(20);
            assertEquals(1, peer.failures.size());
            TestMessage honest = bench.message(1, LENGTH, 600, 16);
            peer.receiveAll(honest.packets());
            assertTrue(honest.isContentOf(peer.messages.get(0)));
        }
    }
}
