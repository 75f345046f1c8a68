package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;

/**
 * The body of an ACK: which packets of this path arrived, which shards of some blocks are there, and how much more may be sent. A
 * flyweight that is filled to be written or filled by {@link #read}; confined to one event loop.
 *
 * <p>Ranges are inclusive, newest first, at most {@link #MAX_RANGES}; each is kept as two numbers and never walked here (an
 * attacker's range may span 2^63 numbers). Blocks carry one bitmap of at most 255 shards; a set bit is a shard that is there.
 */
public final class AckFrame {

    /** Most packet number ranges in one ACK. */
    public static final int MAX_RANGES = 32;

    /** Most block bitmaps in one ACK. */
    public static final int MAX_BLOCKS = 16;

    /** Block flag: the receiver wants the missing shards now. */
    public static final int BLOCK_REPAIR = 0x01;

    /** Block flag: the message checksum failed; the receiver wants a new generation of the block. */
    public static final int BLOCK_FRESH_GENERATION = 0x02;

    private static final int FIXED_BYTES = 28;
    private static final int RANGE_BYTES = 8;
    private static final int BLOCK_FIXED_BYTES = 13;
    private static final int BITMAP_WORDS = 4;
    private static final int FLAG_ECN = 0x01;
    private static final int ECN_BYTES = 12;
    private static final long MAX_U32 = 0xFFFFFFFFL;

    private final long[] rangeLow = new long[MAX_RANGES];
    private final long[] rangeHigh = new long[MAX_RANGES];
    private final long[] blockMessage = new long[MAX_BLOCKS];
    private final int[] blockNumber = new int[MAX_BLOCKS];
    private final int[] blockGeneration = new int[MAX_BLOCKS];
    private final int[] blockFlags = new int[MAX_BLOCKS];
    private final int[] blockShards = new int[MAX_BLOCKS];
    private final long[] bitmaps = new long[MAX_BLOCKS * BITMAP_WORDS];
    private int rangeCount;
    private int blockCount;
    private long ackDelayMicros;
    private int receiveTimeMicros;
    private long creditBytes;
    private long creditMessages;
    private int roomBytes = Integer.MAX_VALUE;

    /** Makes an empty frame. */
    public AckFrame() {}

    /**
     * Starts a new frame.
     *
     * @param ackDelayMicros time since the newest packet arrived, clamped to 32 bits
     * @param receiveTimeMicros receiver's clock when the newest packet arrived, wrapping
     * @param creditBytes bytes of unfinished messages that the receiver will hold, clamped to 32 bits
     * @param creditMessages unfinished messages that the receiver will hold, clamped to 32 bits
     */
    public void reset(long ackDelayMicros, int receiveTimeMicros, long creditBytes, long creditMessages) {
        this.ackDelayMicros = clampToU32(ackDelayMicros);
        this.receiveTimeMicros = receiveTimeMicros;
        this.creditBytes = clampToU32(creditBytes);
        this.creditMessages = clampToU32(creditMessages);
        rangeCount = 0;
        blockCount = 0;
        roomBytes = Integer.MAX_VALUE;
    }

    /**
     * Limits the frame that was just reset to what a packet carries; ranges and blocks beyond are left out.
     *
     * @param bodyBytes most bytes of the body, at least 64
     */
    public void limitTo(int bodyBytes) {
        roomBytes = bodyBytes - FIXED_BYTES;
    }

    private boolean takeRoom(int bytes) {
        if (bytes > roomBytes) {
            return false;
        }
        roomBytes -= bytes;
        return true;
    }

    private static long clampToU32(long value) {
        return Math.max(0, Math.min(value, MAX_U32));
    }

    /**
     * Adds the next older range of packet numbers.
     *
     * @param low oldest number, inclusive
     * @param high newest number, inclusive, below the previous range with at least one number between
     * @return false when the frame is full or the range cannot be expressed, and it was left out
     */
    public boolean addRange(long low, long high) {
        if (rangeCount == MAX_RANGES || !isU32(high - low) || (rangeCount > 0 && !isBelowPrevious(high))) {
            return false;
        }
        if (!takeRoom(RANGE_BYTES)) {
            return false;
        }
        rangeLow[rangeCount] = low;
        rangeHigh[rangeCount++] = high;
        return true;
    }

    /** Packet numbers are unsigned: a difference that is negative, or goes the wrong way round, is above 32 bits. */
    private static boolean isU32(long difference) {
        return Long.compareUnsigned(difference, MAX_U32) <= 0;
    }

    private boolean isBelowPrevious(long high) {
        long gap = rangeLow[rangeCount - 1] - high - 1;
        return gap != 0 && isU32(gap);
    }

    /**
     * Adds a block with an empty bitmap; fill it with {@link #markShard}.
     *
     * @param messageId message of the block
     * @param block number of the block
     * @param generation generation that the bitmap speaks of
     * @param flags {@link #BLOCK_REPAIR}, {@link #BLOCK_FRESH_GENERATION}
     * @param shards number of data shards, 1…255
     * @return false when the frame is full and the block was left out
     */
    public boolean addBlock(long messageId, int block, int generation, int flags, int shards) {
        if (blockCount == MAX_BLOCKS || !takeRoom(BLOCK_FIXED_BYTES + bitmapBytes(shards))) {
            return false;
        }
        blockMessage[blockCount] = messageId;
        blockNumber[blockCount] = block;
        blockGeneration[blockCount] = generation;
        blockFlags[blockCount] = flags;
        blockShards[blockCount] = shards;
        for (int word = 0; word < BITMAP_WORDS; word++) {
            bitmaps[blockCount * BITMAP_WORDS + word] = 0;
        }
        blockCount++;
        return true;
    }

    /**
     * Marks a shard of the block added last as present.
     *
     * @param index number of the shard
     */
    public void markShard(int index) {
        bitmaps[(blockCount - 1) * BITMAP_WORDS + (index >>> 6)] |= 1L << (index & 63);
    }

    /** Returns the length of the body in bytes. */
    public int encodedLength() {
        int length = FIXED_BYTES + rangeCount * RANGE_BYTES;
        for (int i = 0; i < blockCount; i++) {
            length += BLOCK_FIXED_BYTES + bitmapBytes(blockShards[i]);
        }
        return length;
    }

    /**
     * Writes the body. Needs at least one range.
     *
     * @param out buffer with room for {@link #encodedLength()} bytes; ownership stays with the caller
     */
    public void write(ByteBuf out) {
        out.writeLong(rangeHigh[0]);
        out.writeInt((int) ackDelayMicros);
        out.writeInt(receiveTimeMicros);
        out.writeInt((int) creditBytes);
        out.writeInt((int) creditMessages);
        out.writeByte(0);
        out.writeByte(rangeCount);
        out.writeByte(blockCount);
        out.writeByte(0);
        for (int i = 0; i < rangeCount; i++) {
            out.writeInt(i == 0 ? 0 : (int) (rangeLow[i - 1] - rangeHigh[i] - 1));
            out.writeInt((int) (rangeHigh[i] - rangeLow[i]));
        }
        for (int i = 0; i < blockCount; i++) {
            writeBlock(out, i);
        }
    }

    private void writeBlock(ByteBuf out, int i) {
        out.writeLong(blockMessage[i]);
        out.writeShort(blockNumber[i]);
        out.writeByte(blockGeneration[i]);
        out.writeByte(blockFlags[i]);
        out.writeByte(blockShards[i]);
        for (int at = 0; at < bitmapBytes(blockShards[i]); at++) {
            out.writeByte((int) (bitmaps[i * BITMAP_WORDS + (at >>> 3)] >>> ((at & 7) << 3)));
        }
    }

    /**
     * Reads a body.
     *
     * @param in buffer with the packet; neither indices nor reference count change
     * @param index first byte of the body
     * @param length length of the body
     * @return false when the body is malformed; the frame's content is then undefined
     */
    public boolean read(ByteBuf in, int index, int length) {
        if (length < FIXED_BYTES) {
            return false;
        }
        ackDelayMicros = in.getUnsignedInt(index + 8);
        receiveTimeMicros = in.getInt(index + 12);
        creditBytes = in.getUnsignedInt(index + 16);
        creditMessages = in.getUnsignedInt(index + 20);
        boolean hasEcn = (in.getUnsignedByte(index + 24) & FLAG_ECN) != 0;
        rangeCount = in.getUnsignedByte(index + 25);
        blockCount = in.getUnsignedByte(index + 26);
        if (rangeCount == 0
                || rangeCount > MAX_RANGES
                || blockCount > MAX_BLOCKS
                || length < FIXED_BYTES + rangeCount * RANGE_BYTES) {
            return false;
        }
        return readRanges(in, index)
                && readBlocks(
                        in, index + FIXED_BYTES + rangeCount * RANGE_BYTES, index + length - (hasEcn ? ECN_BYTES : 0));
    }

    private boolean readRanges(ByteBuf in, int index) {
        long high = in.getLong(index);
        int at = index + FIXED_BYTES;
        for (int i = 0; i < rangeCount; i++, at += RANGE_BYTES) {
            long gap = in.getUnsignedInt(at);
            long span = in.getUnsignedInt(at + 4);
            if ((gap == 0) != (i == 0)) {
                return false;
            }
            if (i > 0) {
                long below = rangeLow[i - 1];
                if (Long.compareUnsigned(below, gap) <= 0) {
                    return false;
                }
                high = below - gap - 1;
            }
            if (Long.compareUnsigned(high, span) < 0) {
                return false;
            }
            rangeHigh[i] = high;
            rangeLow[i] = high - span;
        }
        return true;
    }

    private boolean readBlocks(ByteBuf in, int index, int end) {
        int at = index;
        for (int i = 0; i < blockCount; i++) {
            if (end - at < BLOCK_FIXED_BYTES) {
                return false;
            }
            blockMessage[i] = in.getLong(at);
            blockNumber[i] = in.getUnsignedShort(at + 8);
            blockGeneration[i] = in.getUnsignedByte(at + 10);
            blockFlags[i] = in.getUnsignedByte(at + 11);
            blockShards[i] = in.getUnsignedByte(at + 12);
            at += BLOCK_FIXED_BYTES;
            int bytes = bitmapBytes(blockShards[i]);
            if (blockShards[i] == 0 || end - at < bytes) {
                return false;
            }
            readBitmap(in, at, bytes, i * BITMAP_WORDS);
            if (marksBeyond(i)) {
                return false;
            }
            at += bytes;
        }
        return at == end;
    }

    private boolean marksBeyond(int block) {
        int shards = blockShards[block];
        return bitmaps[block * BITMAP_WORDS + (shards >>> 6)] >>> (shards & 63) != 0;
    }

    private void readBitmap(ByteBuf in, int at, int bytes, int firstWord) {
        for (int word = 0; word < BITMAP_WORDS; word++) {
            bitmaps[firstWord + word] = 0;
        }
        for (int i = 0; i < bytes; i++) {
            bitmaps[firstWord + (i >>> 3)] |= (long) in.getUnsignedByte(at + i) << ((i & 7) << 3);
        }
    }

    private static int bitmapBytes(int shards) {
        return (shards + 7) >>> 3;
    }

    /** Returns the number of ranges, at least 1 after a successful {@link #read}. */
    public int rangeCount() {
        return rangeCount;
    }

    /** Returns the oldest number of a range; 0 is the newest range. */
    public long rangeLow(int range) {
        return rangeLow[range];
    }

    /** Returns the newest number of a range; 0 is the newest range. */
    public long rangeHigh(int range) {
        return rangeHigh[range];
    }

    /** Returns the newest packet number that arrived. */
    public long largest() {
        return rangeHigh[0];
    }

    /** Returns the microseconds between the arrival of the newest packet and this ACK. */
    public long ackDelayMicros() {
        return ackDelayMicros;
    }

    /** Returns the receiver's clock in microseconds when the newest packet arrived, wrapping. */
    public int receiveTimeMicros() {
        return receiveTimeMicros;
    }

    /** Returns the bytes of unfinished messages that the receiver will hold for this session. */
    public long creditBytes() {
        return creditBytes;
    }

    /** Returns the number of unfinished messages that the receiver will hold for this session. */
    public long creditMessages() {
        return creditMessages;
    }

    /** Returns the number of blocks. */
    public int blockCount() {
        return blockCount;
    }

    /** Returns the message of a block. */
    public long blockMessage(int block) {
        return blockMessage[block];
    }

    /** Returns the number of a block in its message. */
    public int blockNumber(int block) {
        return blockNumber[block];
    }

    /** Returns the generation that a block's bitmap speaks of. */
    public int blockGeneration(int block) {
        return blockGeneration[block];
    }

    /** Returns whether the receiver wants the missing shards of a block now. */
    public boolean wantsRepair(int block) {
        return (blockFlags[block] & BLOCK_REPAIR) != 0;
    }

    /** Returns whether the receiver wants a new generation of a block. */
    public boolean wantsFreshGeneration(int block) {
        return (blockFlags[block] & BLOCK_FRESH_GENERATION) != 0;
    }

    /** Returns the number of data shards that a block's bitmap covers. */
    public int blockShards(int block) {
        return blockShards[block];
    }

    /** Returns whether a shard of a block is there. */
    public boolean hasShard(int block, int index) {
        return (bitmaps[block * BITMAP_WORDS + (index >>> 6)] & 1L << (index & 63)) != 0;
    }
}
