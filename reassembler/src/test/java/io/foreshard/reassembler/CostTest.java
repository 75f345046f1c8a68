package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
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
    private static final int MESSAGES = 50;
    private static final int FEW = 2;
    private static final int MANY = 52;

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

    /** What the engine allocates beyond a bare handler that slices packets and joins the slices, which is Netty's part. */
    @Test
    void aShardMakesLittleGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Reassembler engine = Reassembler.builder()
                .hashKeys(1, 2)
                .allocator(PooledByteBufAllocator.DEFAULT)
                .build(0);
        ShardSource source = engine.open(new IgnoringListener(), true, 0);
        double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        for (int round = 0; round < 40; round++) {
            for (int kind = 0; kind < 4; kind++) {
                List<ByteBuf> packets = packetsOf(kind % 2 == 0 ? FEW : MANY, (round * 4L + kind) * MESSAGES);
                long before = threads.getCurrentThreadAllocatedBytes();
                if (kind < 2) {
                    Packets.deliver(engine, source, packets, 0);
                } else {
                    join(packets, kind % 2 == 0 ? FEW : MANY);
                }
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                least[kind] = Math.min(least[kind], (double) allocated / MESSAGES);
            }
        }
        engine.close(source);
        double perMessage = least[0] - least[2];
        double perShard = (least[1] - least[3] - perMessage) / (MANY - FEW);
        System.out.printf(
                "allocated beyond Netty's part: %.0f B per message of %d shards, %.0f B per further shard%n",
                perMessage, FEW, perShard);
        assertTrue(perMessage <= 1_024, "per message: " + perMessage);
        assertTrue(perShard <= 32, "per shard: " + perShard);
    }

    private static List<ByteBuf> packetsOf(int shards, long firstId) {
        List<ByteBuf> packets = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            packets.addAll(new TestMessage(firstId + i, shards * 1_000 - 4, 1_000, 16)
                    .allocator(PooledByteBufAllocator.DEFAULT)
                    .packets());
        }
        return packets;
    }

    private static void join(List<ByteBuf> packets, int shards) {
        for (int first = 0; first < packets.size(); first += shards) {
            CompositeByteBuf whole = PooledByteBufAllocator.DEFAULT.compositeBuffer(shards);
            ByteBuf[] slices = new ByteBuf[shards];
            for (int i = 0; i < shards; i++) {
                ByteBuf packet = packets.get(first + i);
                slices[i] = packet.retainedSlice(56, packet.readableBytes() - 56);
                packet.release();
            }
            for (ByteBuf slice : slices) {
                whole.addFlattenedComponents(true, slice);
            }
            whole.release();
        }
    }
}
