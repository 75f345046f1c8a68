package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.Contract;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepairTest {

    private static final long RTT_MILLIS = 100;

    private static Bench.Peer peerOn(Bench bench) {
        Bench.Peer peer = bench.peer();
        peer.source.onPath(RTT_MILLIS * Bench.MILLI, 5 * Bench.MILLI, 0.01);
        return peer;
    }

    @Test
    void asksForSeveralGapsInOneRoundTrip() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 30_000, 300, 13);
            List<ByteBuf> packets = message.packets();
            peer.receiveAllBut(List.of(3, 9, 30, 31, 60, 95), packets);
            assertTrue(peer.feedbackDue > 0);
            List<Bench.Feedback> requests = peer.requests();
            List<List<Integer>> missing =
                    requests.stream().map(Bench.Feedback::missing).toList();
            assertEquals(
                    List.of(0, 1, 2, 3),
                    requests.stream().map(Bench.Feedback::block).toList());
            int perBlock = message.shards(0);
            assertEquals(List.of(3, 9), missing.get(0));
            assertEquals(List.of(30 - perBlock, 31 - perBlock), missing.get(1));
            assertEquals(List.of(60 - 2 * perBlock), missing.get(2));
            assertEquals(List.of(95 - 3 * perBlock), missing.get(3));
        }
    }

    @Test
    void waitsForThreeLaterShards() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 30_000, 300, 16);
            peer.receive(message.packet(0, 0));
            peer.receive(message.packet(0, 2));
            peer.receive(message.packet(0, 3));
            assertEquals(List.of(), peer.requests());
            peer.receive(message.packet(0, 4));
            assertEquals(List.of(1), peer.requests().get(0).missing());
        }
    }

    @Test
    void doesNotWantWhatMayStillBeOnItsWay() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 30_000, 300, 16);
            peer.receive(message.packet(0, 0));
            for (int index : new int[] {2, 3, 5, 6}) {
                peer.receive(message.packet(0, index));
            }
            Bench.Feedback request = peer.requests().get(0);
            assertEquals(List.of(1), request.missing(), "4 has only two later ones; 7 and up were not sent yet");
        }
    }

    @Test
    void asksAfterTheTimeThresholdWhenFewShardsFollow() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 3_000, 300, 16);
            peer.receive(message.packet(0, 0));
            peer.receive(message.packet(0, 2));
            bench.passMillis(RTT_MILLIS * 9 / 8 - 1);
            assertEquals(List.of(), peer.requests());
            bench.passMillis(2);
            assertEquals(List.of(1), peer.requests().get(0).missing());
        }
    }

    @Test
    void asksForTheTailAfterAPto() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 3_000, 300, 16);
            peer.receiveAllBut(List.of(9, 10), message.packets());
            bench.passMillis(119);
            assertEquals(List.of(), peer.requests());
            bench.passMillis(2);
            assertEquals(List.of(9, 10), peer.requests().get(0).missing());
            assertEquals(1, peer.feedbackDue);
        }
    }

    @Test
    void doublesTheSilenceBetweenRequestsWithoutAnswer() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            peer.receiveAllBut(List.of(9, 10), bench.message(1, 3_000, 300, 16).packets());
            int requests = 0;
            for (int millis = 0; millis < 3_000; millis++) {
                bench.passMillis(1);
                requests += peer.requests().size();
            }
            // After 120 ms, and then 120, 240, 480, 960 ms later; the tail's own clock may add a few.
            assertTrue(requests >= 4 && requests <= 10, "requests: " + requests);
        }
    }

    @Test
    void asksForNoBlockTwiceWithinARoundTrip() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 30_000, 300, 16);
            for (int index = 0; index < 20; index++) {
                if (index != 3) {
                    peer.receive(message.packet(0, index));
                }
            }
            assertEquals(1, peer.requests().size());
            bench.passMillis(50);
            for (int index = 20; index < 40; index++) {
                peer.receive(message.packet(0, index));
            }
            assertEquals(List.of(), peer.requests(), "nothing new is missing");
        }
    }

    @Test
    void asksForANewGapOfABlockAtOnceButNotForEachOne() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 60_000, 300, 16);
            int requests = 0;
            for (int index = 0; index < 200; index++) {
                if (index % 5 != 2) {
                    peer.receive(message.packet(0, index));
                }
                bench.pass(Bench.MILLI / 10);
                requests += peer.requests().size();
            }
            // 20 ms for 40 gaps, an eighth of 100 ms between two requests.
            assertTrue(requests >= 2 && requests <= 3, "requests: " + requests);
        }
    }

    @Test
    void asksForBlocksOfWhichNothingHasArrived() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 30_000, 300, 12);
            for (int block : new int[] {0, 1, 2, 4, 5}) {
                for (int index = 0; index < message.shards(block); index++) {
                    peer.receive(message.packet(block, index));
                }
            }
            bench.passMillis(5);
            List<Bench.Feedback> requests = peer.requests();
            assertEquals(1, requests.size());
            assertEquals(3, requests.get(0).block());
            assertEquals(message.shards(3), requests.get(0).missing().size());
        }
    }

    @Test
    void asksForNoMoreUnseenBlocksThanItHasSeen() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 1_000_000, 300, 12);
            peer.receive(message.packet(message.blocks() - 1, 0));
            int requests = 0;
            for (int round = 0; round < 100; round++) {
                bench.passMillis(50);
                requests = Math.max(requests, peer.requests().size());
            }
            assertTrue(requests >= 1 && requests <= 3, "requests in one acknowledgement: " + requests);
        }
    }

    @Test
    void raisesTheThresholdWhenRequestsProveWrong() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 60_000, 300, 16);
            for (int index : new int[] {0, 2, 3, 4}) {
                peer.receive(message.packet(0, index));
            }
            assertEquals(1, peer.requests().size());
            bench.passMillis(20);
            peer.receive(message.packet(0, 1));
            assertEquals(1, bench.count(ReassemblyReason.SPURIOUS_REPAIR));
            for (int index : new int[] {6, 7, 8}) {
                peer.receive(message.packet(0, index));
            }
            assertEquals(List.of(), peer.requests(), "three are not enough any more");
            peer.receive(message.packet(0, 9));
            assertEquals(List.of(5), peer.requests().get(0).missing());
        }
    }

    @Test
    void doesNotCountAnAnswerAsReordering() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 60_000, 300, 16);
            for (int index : new int[] {0, 2, 3, 4}) {
                peer.receive(message.packet(0, index));
            }
            peer.requests();
            bench.passMillis(RTT_MILLIS);
            peer.receive(message.packet(0, 1));
            assertEquals(0, bench.count(ReassemblyReason.SPURIOUS_REPAIR));
        }
    }

    @Test
    void neverAsksUnvalidatedSourcesOrForBestEffort() {
        try (Bench bench = new Bench()) {
            Bench.Peer stranger = bench.peer(false);
            stranger.receiveAllBut(List.of(3), bench.message(1, 9_000, 300, 16).packets());
            Bench.Peer peer = peerOn(bench);
            peer.receiveAllBut(
                    List.of(3),
                    bench.message(1, 9_000, 300, 16)
                            .contract(Contract.BEST_EFFORT)
                            .packets());
            bench.passMillis(5_000);
            assertEquals(List.of(), stranger.feedback());
            assertEquals(List.of(), peer.feedback());
            assertEquals(0, stranger.feedbackDue + peer.feedbackDue);
        }
    }

    @Test
    void asksAStrangerOnceItIsValidated() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer(false);
            peer.receiveAllBut(List.of(3), bench.message(1, 9_000, 300, 16).packets());
            peer.source.validate();
            peer.receive(bench.message(2, 9_000, 300, 16).packet(0, 0));
            bench.passMillis(3_000);
            assertTrue(peer.requests().stream()
                    .anyMatch(r -> r.messageId() == 1 && r.missing().equals(List.of(3))));
        }
    }

    @Test
    void showsBlocksThatHaveChanged() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 9_000, 300, 12);
            peer.receive(message.packet(0, 0));
            peer.receive(message.packet(1, 1));
            List<Bench.Feedback> shown = peer.feedback();
            assertEquals(
                    List.of(0, 1), shown.stream().map(Bench.Feedback::block).toList());
            assertFalse(shown.get(0).missing().contains(0));
            assertFalse(shown.get(1).missing().contains(1));
            assertEquals(message.shards(0) - 1, shown.get(0).missing().size());
            assertFalse(shown.get(0).repair());
            assertEquals(List.of(), peer.feedback(), "once");
        }
    }

    @Test
    void forgetsRequestsOfMessagesThatHaveEnded() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 9_000, 300, 16);
            peer.receiveAllBut(List.of(3), message.packets());
            peer.receive(message.packet(0, 3));
            assertEquals(1, peer.messages.size());
            assertEquals(List.of(), peer.feedback());
        }
    }

    @Test
    void doesNotAskForTheRestOfAnAnswerWhileItArrives() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = peerOn(bench);
            TestMessage message = bench.message(1, 30_000, 300, 12);
            IntStream.of(0, 2, 3).forEach(block -> {
                for (int index = 0; index < message.shards(block); index++) {
                    peer.receive(message.packet(block, index));
                }
            });
            bench.passMillis(5);
            assertEquals(1, peer.requests().size());
            bench.passMillis(RTT_MILLIS);
            for (int index = 0; index < message.shards(1) - 1; index++) {
                peer.receive(message.packet(1, index));
                assertEquals(List.of(), peer.requests());
            }
            assertEquals(0, bench.count(ReassemblyReason.SPURIOUS_REPAIR));
        }
    }
}
