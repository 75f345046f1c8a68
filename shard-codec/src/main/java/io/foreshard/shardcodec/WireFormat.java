package io.foreshard.shardcodec;

/**
 * Sizes and limits of wire format v1, described byte by byte in {@code docs/wire-format.md}. All numbers are big endian unless
 * said otherwise.
 */
public final class WireFormat {

    /** The version that this library speaks. */
    public static final int VERSION = 1;

    /** Length of the packet header that starts every packet. */
    public static final int PACKET_HEADER_BYTES = 24;

    /** Length of the shard header that follows the packet header of a shard. */
    public static final int SHARD_HEADER_BYTES = 24;

    /** Length of the two checksums that follow the headers. */
    public static final int INTEGRITY_BYTES = 8;

    /** What a shard costs beside its payload: 56 bytes. */
    public static final int SHARD_OVERHEAD_BYTES = PACKET_HEADER_BYTES + SHARD_HEADER_BYTES + INTEGRITY_BYTES;

    /** What a packet of any other kind costs beside its body: 32 bytes. */
    public static final int CONTROL_OVERHEAD_BYTES = PACKET_HEADER_BYTES + INTEGRITY_BYTES;

    /** The checksum that ends every message on the wire; {@code total} counts it. */
    public static final int MESSAGE_TRAILER_BYTES = 4;

    /** Default datagram size that a path is assumed to carry, UDP payload (RFC 9000, section 14). */
    public static final int DEFAULT_PATH_MTU_BYTES = 1200;

    /** Smallest path MTU that can be worked with: UDP payload of the smallest IPv4 datagram every host accepts (RFC 791). */
    public static final int MIN_PATH_MTU_BYTES = 548;

    /** Largest UDP payload over IPv4. */
    public static final int MAX_PATH_MTU_BYTES = 65507;

    /** Default block length as a power of two: 64 KiB. */
    public static final int DEFAULT_BLOCK_EXPONENT = 16;

    /** Smallest block length as a power of two: 256 B. */
    public static final int MIN_BLOCK_EXPONENT = 8;

    /** Largest block length as a power of two: 1 MiB. */
    public static final int MAX_BLOCK_EXPONENT = 20;

    /** Most shards in a block, repair shards included. */
    public static final int MAX_SHARDS_PER_BLOCK = 255;

    /** Smallest shard payload, except for the last shard of a block. */
    public static final int MIN_SHARD_BYTES = 16;

    /** Largest shard payload. */
    public static final int MAX_SHARD_BYTES = 32768;

    /** Most blocks in a message. */
    public static final int MAX_BLOCKS = 1 << 16;

    /** Largest packet over a stream carrier, where the path gives no limit. */
    public static final int MAX_STREAM_PACKET_BYTES = SHARD_OVERHEAD_BYTES + MAX_SHARD_BYTES;

    /** Largest {@code deadline left} on the wire, in milliseconds. */
    public static final int MAX_DEADLINE_MILLIS = 0xFFFF;

    /** Packet flag: the sender would like its acknowledgement at once. */
    public static final int FLAG_ACK_NOW = 0x01;

    static final int FIXED_BIT = 0x40;
    static final int VERSION_MASK = 0x3F;

    static final int OFFSET_VERSION = 0;
    static final int OFFSET_KIND = 1;
    static final int OFFSET_FLAGS = 2;
    static final int OFFSET_PATH = 3;
    static final int OFFSET_SESSION = 4;
    static final int OFFSET_PACKET_NUMBER = 12;
    static final int OFFSET_SEND_TIME = 20;

    private WireFormat() {}
}
