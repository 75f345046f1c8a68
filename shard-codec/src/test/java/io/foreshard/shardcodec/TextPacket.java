package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns the fields of a {@link VectorFile} into a packet, by way of the production encoders. */
final class TextPacket {

    private final PacketWriter writer = new PacketWriter();
    private final Map<String, String> fields;

    TextPacket(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Writes the packet.
     *
     * @param payload the payload of a shard; not released
     */
    ByteBuf write(ByteBuf payload) {
        ByteBuf out = Unpooled.buffer();
        PacketKind kind = PacketKind.valueOf(text("kind"));
        writer.begin(
                out,
                kind,
                number("flags"),
                number("path"),
                id("session"),
                Long.parseUnsignedLong(text("number")),
                Integer.parseUnsignedInt(text("sendTimeMicros")));
        if (kind == PacketKind.SHARD) {
            writer.shard(out, shard(), payload, payload.readerIndex());
        } else {
            writeBody(out, kind);
            writer.finishControl(out);
        }
        return out;
    }

    private void writeBody(ByteBuf out, PacketKind kind) {
        switch (kind) {
            case HELLO -> HandshakeCodec.writeHello(out, hello(), number("packetBytes"));
            case ACCEPT -> HandshakeCodec.writeAccept(out, accept());
            case ACK -> ack().write(out);
            case DONE -> writeDone(out);
            case REJECT -> OutcomeCodec.writeReject(out, rejection());
            case PATH_CHALLENGE, PATH_RESPONSE -> writeToken(out);
            case PROBE -> PathCodec.writePadding(out, 0, number("packetBytes"));
            case CLOSE -> PathCodec.writeClose(out, CloseReason.valueOf(text("reason")));
            case SHARD, REPAIR, PROTECTED -> throw new IllegalArgumentException("no body: " + kind);
        }
    }

    private ShardHeader shard() {
        return new ShardHeader()
                .message(
                        id("message"),
                        longNumber("total"),
                        number("class"),
                        Contract.valueOf(text("contract")),
                        number("blockExponent"))
                .block(number("block"), number("generation"), number("shardSize"))
                .shard(number("index"), number("payloadLength"), number("deadlineMillis"));
    }

    private Hello hello() {
        List<Integer> versions = Arrays.stream(text("versions").split(" ", -1))
                .map(Integer::valueOf)
                .toList();
        String cookie = text("cookie");
        return new Hello(
                versions,
                id("helloSession"),
                limits(),
                cookie.equals("-") ? new byte[0] : ByteBufUtil.decodeHexDump(cookie),
                text("destination").equals("-") ? null : address(text("destination")));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private Accept accept() {
        return text("type").equals("retry")
                ? new Accept.Retry(ByteBufUtil.decodeHexDump(text("cookie")))
                : new Accept.Session(number("version"), id("acceptSession"), limits());
    }

    private SessionLimits limits() {
        return new SessionLimits(
                longNumber("maxMessageBytes"),
                longNumber("creditBytes"),
                number("creditMessages"),
                number("maxPacketBytes"));
    }

    private AckFrame ack() {
        AckFrame ack = new AckFrame();
        ack.reset(
                longNumber("ackDelayMicros"),
                Integer.parseUnsignedInt(text("receiveTimeMicros")),
                longNumber("creditBytes"),
                longNumber("creditMessages"));
        for (String range : text("ranges").split(" ", -1)) {
            String[] ends = range.split("-", -1);
            ack.addRange(Long.parseUnsignedLong(ends[0]), Long.parseUnsignedLong(ends[1]));
        }
        for (String block : text("blocks").split("; ", -1)) {
            if (!block.equals("-")) {
                addBlock(ack, block.split("[/ =]", -1));
            }
        }
        return ack;
    }

    private static void addBlock(AckFrame ack, String[] parts) {
        String bits = parts[5];
        ack.addBlock(
                Long.parseUnsignedLong(parts[0], 16),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[4]),
                bits.length());
        for (int i = 0; i < bits.length(); i++) {
            if (bits.charAt(i) == '1') {
                ack.markShard(i);
            }
        }
    }

    private void writeDone(ByteBuf out) {
        long[] messages = Arrays.stream(text("messages").split(" ", -1))
                .mapToLong(id -> Long.parseUnsignedLong(id, 16))
                .toArray();
        OutcomeCodec.writeDone(out, messages, messages.length);
    }

    private OutcomeCodec.Rejection rejection() {
        return new OutcomeCodec.Rejection(
                id("message"),
                longNumber("total"),
                RejectReason.valueOf(text("reason")),
                Boolean.parseBoolean(text("bySender")));
    }

    private void writeToken(ByteBuf out) {
        PathCodec.writeToken(out, id("token"));
        PathCodec.writePadding(out, PathCodec.TOKEN_BYTES, number("packetBytes"));
    }

    private String text(String key) {
        return Objects.requireNonNull(fields.get(key), key);
    }

    private int number(String key) {
        return Integer.parseInt(text(key));
    }

    private long longNumber(String key) {
        return Long.parseLong(text(key));
    }

    private long id(String key) {
        return Long.parseUnsignedLong(text(key), 16);
    }
}
