package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.shardcodec.PacketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work and garbage per shard, whatever the order. */
class CostTest {

    private static final int SHARDS_PER_BLOCK = 64;

    private ResourceLeakDetector.Level level = ResourceLeakDetector.Level.SIMPLE;

    /** The leak detector would cost more than what is measured. */
    @BeforeEach
    void watchNoBuffers() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void watchBuffersAgain() {
        ResourceLeakDetector.setLevel(level);
    }

    private static List<ByteBuf> shards(int count, String order) {
        TestMessage message = new TestMessage(1, count * 64 - 4, 64, 12);
        List<ByteBuf> packets = message.packets();
        switch (order) {
            case "backwards" -> Collections.reverse(packets);
            case "shuffled" -> Collections.shuffle(packets, new Random(5));
            case "block by block, each first" -> packets = byIndex(packets);
            default -> {
                // As sent.
            }
        }
        return packets;
    }

    private static List<ByteBuf> byIndex(List<ByteBuf> packets) {
        List<ByteBuf> sorted = new ArrayList<>();
        for (int index = 0; index < SHARDS_PER_BLOCK; index++) {
            for (int at = index; at < packets.size(); at += SHARDS_PER_BLOCK) {
                sorted.add(packets.get(at));
            }
        }
        return sorted;
    }

    /** FragmentSmack, SplitPacketHelper: an order that makes each shard cost more than the one before it. */
    @Test
    void theWorstOrderCostsAsMuchPerShardAsTheBest() {
        for (String order : List.of("backwards", "shuffled", "block by block, each first")) {
            nanosPerShard(4_096, order);
            nanosPerShard(4_096, order);
            double few = Math.min(nanosPerShard(4_096, order), nanosPerShard(4_096, order));
            double many = Math.min(nanosPerShard(32_768, order), nanosPerShard(32_768, order));
            // Eight times as many shards: a quadratic cost would show as a factor of eight.
            assertTrue(many < few * 4 + 500, order + ": " + few + " ns, then " + many + " ns per shard");
        }
    }

    private static double nanosPerShard(int count, String order) {
        Reassembler engine = Reassembler.builder()
                .hashKeys(1, 2)
                .maxBytesPerSource(60L << 20)
                .maxBytes(256L << 20)
                .build(0);
        ShardSource source = engine.open(new IgnoringListener(), true, 0);
        List<ByteBuf> packets = shards(count, order);
        long start = System.nanoTime();
        Packets.deliver(engine, source, packets, 0);
        long nanos = System.nanoTime() - start;
        assertEquals(0, source.heldMessages(), "delivered");
        engine.close(source);
        return (double) nanos / count;
    }

    /** The engine adds nothing per shard beyond the slice, which is pooled, and its part of the composite. */
    @Test
    void aShardMakesLittleGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Reassembler engine = Reassembler.builder()
                .hashKeys(1, 2)
                .allocator(PooledByteBufAllocator.DEFAULT)
                .build(0);
        ShardSource source = engine.open(new IgnoringListener(), true, 0);
        PacketReader reader = new PacketReader();
        double perShard = Double.MAX_VALUE;
        double perMessage = Double.MAX_VALUE;
        for (int round = 0; round < 40; round++) {
            perMessage = Math.min(perMessage, bytes(threads, engine, source, reader, 10_000 + round * 100, 2));
            double large = bytes(threads, engine, source, reader, 50_000 + round * 100, 52);
            perShard = Math.min(perShard, (large - perMessage) / 50);
        }
        engine.close(source);
        System.out.printf(
                "allocated: %.0f B per message of two shards, %.0f B per further shard%n", perMessage, perShard);
        assertTrue(perMessage <= 1_500, "per message: " + perMessage);
        assertTrue(perShard <= 80, "per shard: " + perShard);
    }

    private static double bytes(
            ThreadMXBean threads,
            Reassembler engine,
            ShardSource source,
            PacketReader reader,
            long firstId,
            int shards) {
        int messages = 50;
        List<ByteBuf> packets = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            packets.addAll(new TestMessage(firstId + i, shards * 1_000 - 4, 1_000, 16)
                    .allocator(PooledByteBufAllocator.DEFAULT)
                    .packets());
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < packets.size(); i++) {
            ByteBuf packet = packets.get(i);
            reader.read(packet);
            engine.onShard(source, reader.shard(), packet, reader.bodyIndex(), reader.payloadCrc(), 0);
            packet.release();
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / messages;
    }
}
