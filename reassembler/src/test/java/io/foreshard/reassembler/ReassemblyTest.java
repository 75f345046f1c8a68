package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReassemblyTest {

    @Test
    void deliversAMessageOfOneShardAsItIs() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 700, 1144, 16);
            assertEquals(ShardOutcome.COMPLETED, peer.receive(message.packet(0, 0)));
            assertTrue(message.isContentOf(peer.messages.get(0)));
            assertEquals(704, peer.infos.get(0).totalBytes());
            assertEquals(1, peer.infos.get(0).shards());
        }
    }

    @Test
    void deliversSeveralBlocksInOrder() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(2, 20_000, 500, 12);
            peer.receiveAll(message.packets());
            assertEquals(1, peer.messages.size());
            assertTrue(message.isContentOf(peer.messages.get(0)));
            assertEquals(0, peer.source.heldMessages());
        }
    }

    @Test
    void deliversInAnyOrder() {
        for (long seed = 0; seed < 50; seed++) {
            try (Bench bench = new Bench()) {
                Bench.Peer peer = bench.peer();
                TestMessage message = bench.message(seed, 5_000, 100, 9);
                List<ByteBuf> packets = message.packets();
                Collections.shuffle(packets, new Random(seed));
                peer.receiveAll(packets);
                assertTrue(message.isContentOf(peer.messages.get(0)), "seed " + seed);
            }
        }
    }

    @Test
    void joinsShardsWithoutCopyingThem() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(3, 40_000, 1144, 16);
            List<ByteBuf> packets = message.packets();
            int shards = packets.size();
            peer.receiveAll(packets);
            CompositeByteBuf whole = assertInstanceOf(CompositeByteBuf.class, unwrapped(peer.messages.get(0)));
            assertEquals(shards, whole.numComponents());
        }
    }

    /** The leak detector wraps what it watches. */
    private static ByteBuf unwrapped(ByteBuf buffer) {
        return buffer instanceof CompositeByteBuf || buffer.unwrap() == null ? buffer : buffer.unwrap();
    }

    @Test
    void dropsATrailerThatIsAShardOfItsOwn() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(4, 1000, 500, 16);
            assertEquals(3, message.shards(0));
            peer.receiveAll(message.packets());
            assertTrue(message.isContentOf(peer.messages.get(0)));
        }
    }
}
