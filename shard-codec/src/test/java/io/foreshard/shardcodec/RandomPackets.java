package io.foreshard.shardcodec;

import io.foreshard.simulator.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Makes valid packets of every kind at random. */
final class RandomPackets {

    private final PacketWriter writer = new PacketWriter();

    /** Returns a packet of any kind. */
    ByteBuf any(SeededRandom random) {
        PacketKind kind = random.pick(List.of(PacketKind.values()));
        return kind == PacketKind.SHARD || kind.isReserved() ? shard(random, 2_000) : control(random, kind);
    }

    /** Returns a shard of a message of at most that many bytes. */
    ByteBuf shard(SeededRandom random, int maxMessageBytes) {
        long total = 5L + random.nextInt(maxMessageBytes);
        int shardSize = 16 + random.nextInt(1_400);
        int exponent = BlockGeometry.exponentFor(shardSize, 8 + random.nextInt(13));
        int block = random.nextInt(BlockGeometry.blockCount(total, exponent));
        int length = BlockGeometry.blockLength(total, exponent, block);
        int index = random.nextInt(BlockGeometry.shardCount(length, shardSize));
        int payload = BlockGeometry.shardLength(length, shardSize, index);
        ShardHeader header = new ShardHeader()
                .message(
                        random.nextLong(), total, random.nextInt(16), random.pick(List.of(Contract.values())), exponent)
                .block(block, random.nextInt(256), shardSize)
                .shard(index, payload, random.nextInt(0x10000));
        ByteBuf out = begin(random, PacketKind.SHARD);
        writer.shard(out, header, Unpooled.wrappedBuffer(random.bytes(payload)), 0);
        return out;
    }

    private ByteBuf begin(SeededRandom random, PacketKind kind) {
        ByteBuf out = Unpooled.buffer();
        writer.begin(
                out,
                kind,
                random.nextInt(2),
                random.nextInt(256),
                random.nextLong(),
                random.nextLong(),
                random.nextInt());
        return out;
    }

    private ByteBuf control(SeededRandom random, PacketKind kind) {
        ByteBuf out = begin(random, kind);
        switch (kind) {
            case HELLO -> HandshakeCodec.writeHello(out, hello(random), 548 + random.nextInt(900));
            case ACCEPT -> HandshakeCodec.writeAccept(out, accept(random));
            case ACK -> ack(random).write(out);
            case DONE -> OutcomeCodec.writeDone(out, random.longs(64).toArray(), 1 + random.nextInt(64));
            case REJECT -> OutcomeCodec.writeReject(out, rejection(random));
            case PATH_CHALLENGE, PATH_RESPONSE -> PathCodec.writeToken(out, random.nextLong());
            case PROBE -> PathCodec.writePadding(out, 0, random.nextInt(1_500));
            case CLOSE -> PathCodec.writeClose(out, random.pick(List.of(CloseReason.values())));
            case SHARD, REPAIR, PROTECTED -> throw new IllegalArgumentException("no body: " + kind);
        }
        writer.finishControl(out);
        return out;
    }

    static Hello hello(SeededRandom random) {
        byte[] cookie = random.bytes(random.nextInt(Hello.MAX_COOKIE_BYTES + 1));
        List<Integer> versions = random.ints(1 + random.nextInt(Hello.MAX_VERSIONS), 0, 256)
                .boxed()
                .toList();
        return new Hello(
                versions, random.nextLong() | 1, limits(random), cookie, random.nextBoolean() ? null : address(random));
    }

    private static InetSocketAddress address(SeededRandom random) {
        try {
            InetAddress address = InetAddress.getByAddress(random.bytes(random.nextBoolean() ? 4 : 16));
            return new InetSocketAddress(address, 1 + random.nextInt(0xFFFF));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Accept accept(SeededRandom random) {
        return random.nextBoolean()
                ? new Accept.Retry(random.bytes(1 + random.nextInt(Hello.MAX_COOKIE_BYTES)))
                : new Accept.Session(1 + random.nextInt(63), random.nextLong() | 1, limits(random));
    }

    private static SessionLimits limits(SeededRandom random) {
        return new SessionLimits(
                1 + random.nextLong(0xFFFFFFFFL),
                1 + random.nextLong(0xFFFFFFFFL),
                1 + random.nextInt(0xFFFF),
                548 + random.nextInt(0x10000 - 548));
    }

    static OutcomeCodec.Rejection rejection(SeededRandom random) {
        return new OutcomeCodec.Rejection(
                random.nextLong(),
                random.nextLong(1L << 32),
                random.pick(List.of(RejectReason.values())),
                random.nextBoolean());
    }

    static AckFrame ack(SeededRandom random) {
        AckFrame ack = new AckFrame();
        ack.reset(random.nextLong(1L << 33), random.nextInt(), random.nextLong(1L << 33), random.nextLong(1L << 33));
        long high = random.nextLong();
        int ranges = 1 + random.nextInt(AckFrame.MAX_RANGES);
        for (int i = 0; i < ranges; i++) {
            long span = span(random);
            if (Long.compareUnsigned(high, span) < 0 || !ack.addRange(high - span, high)) {
                break;
            }
            long step = span + 2 + span(random);
            if (Long.compareUnsigned(high, step) < 0) {
                break;
            }
            high -= step;
        }
        if (ack.rangeCount() == 0) {
            ack.addRange(high, high);
        }
        addBlocks(ack, random);
        return ack;
    }

    private static long span(SeededRandom random) {
        return random.chance(0.1) ? random.nextLong(0xFFFFFFFFL) : random.nextInt(20);
    }

    private static void addBlocks(AckFrame ack, SeededRandom random) {
        int blocks = random.nextInt(AckFrame.MAX_BLOCKS + 1);
        for (int i = 0; i < blocks; i++) {
            int shards = 1 + random.nextInt(255);
            ack.addBlock(random.nextLong(), random.nextInt(0x10000), random.nextInt(256), random.nextInt(4), shards);
            for (int shard = 0; shard < shards; shard++) {
                if (random.nextBoolean()) {
                    ack.markShard(shard);
                }
            }
        }
    }
}
