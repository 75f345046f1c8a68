package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import org.junit.jupiter.api.Test;

class BlockGeometryTest {

    private static final long MAX_TOTAL = 0xFFFFFFFFL;

    @Test
    void shardsPartitionTheMessageExactly() {
        Property.named("shards partition the message")
                .runs(300)
                .maxSize(400_000)
                .check((random, size) -> {
                    long total = WireFormat.MESSAGE_TRAILER_BYTES + 1L + random.nextInt(size);
                    int shardSize = random.nextInt(WireFormat.MIN_SHARD_BYTES, WireFormat.MAX_SHARD_BYTES + 1);
                    int preferred = random.nextInt(WireFormat.MIN_BLOCK_EXPONENT, WireFormat.MAX_BLOCK_EXPONENT + 1);
                    int exponent = BlockGeometry.exponentFor(shardSize, preferred);
                    long next = 0;
                    for (int block = 0; block < BlockGeometry.blockCount(total, exponent); block++) {
                        assertEquals(next, BlockGeometry.blockOffset(exponent, block));
                        next += coverBlock(total, exponent, block, shardSize);
                    }
                    assertEquals(total, next);
                    int beyond = BlockGeometry.blockCount(total, exponent);
                    assertFalse(BlockGeometry.isValid(total, exponent, beyond, shardSize, 0, 1));
                });
    }

    private static long coverBlock(long total, int exponent, int block, int shardSize) {
        int length = BlockGeometry.blockLength(total, exponent, block);
        int count = BlockGeometry.shardCount(length, shardSize);
        long covered = 0;
        for (int index = 0; index < count; index++) {
            int payload = BlockGeometry.shardLength(length, shardSize, index);
            assertTrue(payload > 0);
            assertTrue(payload == shardSize || index == count - 1);
            assertTrue(BlockGeometry.isValid(total, exponent, block, shardSize, index, payload));
            assertFalse(BlockGeometry.isValid(total, exponent, block, shardSize, index, payload - 1));
            assertFalse(BlockGeometry.isValid(total, exponent, block, shardSize, index, payload + 1));
            covered += payload;
        }
        assertEquals(length, covered);
        assertFalse(BlockGeometry.isValid(total, exponent, block, shardSize, count, 1));
        return covered;
    }

    /** Every number that a header can carry: what is valid lies inside the message and the limits; nothing throws. */
    @Test
    void numbersFromTheWireAreValidOnlyInsideTheMessage() {
        Property.named("valid shards lie inside").runs(20_000).check((random, size) -> {
            long total = anyTotal(random);
            int exponent = random.chance(0.1) ? random.nextInt(256) : random.nextInt(7, 22);
            int block = random.chance(0.5) ? random.nextInt(4) : random.nextInt(0x10000);
            int shardSize = random.nextInt(0x10000);
            int index = random.nextInt(256);
            int payload = random.chance(0.5) ? shardSize : random.nextInt(0x10000);
            if (BlockGeometry.isValid(total, exponent, block, shardSize, index, payload)) {
                long start = ((long) block << exponent) + (long) index * shardSize;
                assertTrue(payload > 0 && start + payload <= total);
                assertTrue(BlockGeometry.blockCount(total, exponent) <= WireFormat.MAX_BLOCKS);
                int length = BlockGeometry.blockLength(total, exponent, block);
                assertTrue(BlockGeometry.shardCount(length, shardSize) <= WireFormat.MAX_SHARDS_PER_BLOCK);
            }
        });
    }

    private static long anyTotal(SeededRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextLong(1 << 12);
            case 1 -> random.nextLong(1L << 32);
            default -> MAX_TOTAL - random.nextLong(1 << 17);
        };
    }

    @Test
    void theExampleOfThePageComesOutAsPrinted() {
        long total = 150_004;
        assertEquals(3, BlockGeometry.blockCount(total, 16));
        assertEquals(65_536, BlockGeometry.blockLength(total, 16, 1));
        assertEquals(18_932, BlockGeometry.blockLength(total, 16, 2));
        assertEquals(58, BlockGeometry.shardCount(65_536, 1144));
        assertEquals(328, BlockGeometry.shardLength(65_536, 1144, 57));
        assertEquals(17, BlockGeometry.shardCount(18_932, 1144));
        assertEquals(628, BlockGeometry.shardLength(18_932, 1144, 16));
        assertEquals(78, BlockGeometry.shardCount(65_536, 844));
        assertEquals(548, BlockGeometry.shardLength(65_536, 844, 77));
    }

    @Test
    void theLargestMessageFitsAtTheSmallestShardSizeThatIsSaid() {
        assertEquals(258, BlockGeometry.minShardSize(MAX_TOTAL));
        assertEquals(16, BlockGeometry.minExponent(MAX_TOTAL));
        assertEquals(WireFormat.MIN_SHARD_BYTES, BlockGeometry.minShardSize(5));
        Property.named("every message fits").runs(500).check((random, size) -> {
            long total = Math.max(5, anyTotal(random));
            int shardSize = Math.max(BlockGeometry.minShardSize(total), random.nextInt(WireFormat.MAX_SHARD_BYTES));
            int preferred = Math.max(BlockGeometry.minExponent(total), random.nextInt(8, 21));
            int exponent = BlockGeometry.exponentFor(shardSize, preferred);
            int last = BlockGeometry.blockCount(total, exponent) - 1;
            int length = BlockGeometry.blockLength(total, exponent, last);
            int index = BlockGeometry.shardCount(length, shardSize) - 1;
            int payload = BlockGeometry.shardLength(length, shardSize, index);
            assertTrue(BlockGeometry.isValid(total, exponent, last, shardSize, index, payload));
        });
    }
}
