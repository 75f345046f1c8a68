package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a packet into the fields of a {@link VectorFile}, by way of the production decoders. */
final class PacketText {

    private final PacketReader reader = new PacketReader();
    private final AckFrame ack = new AckFrame();
    private final Map<String, String> fields = new LinkedHashMap<>();

    /** Returns why a packet is dropped, {@link WireReason#MALFORMED_BODY} included, or {@code null} when it is not. */
    @Nullable
    WireReason read(ByteBuf packet) {
        fields.clear();
        WireReason refused = reader.read(packet);
        if (refused != null) {
            return refused;
        }
        describeHeader();
        return describeBody(packet, reader.bodyIndex(), reader.bodyLength()) ? null : WireReason.MALFORMED_BODY;
    }

    /** Returns the fields of the packet that was read last. */
    Map<String, String> fields() {
        return fields;
    }

    private void describeHeader() {
        put("kind", reader.kind());
        put("flags", reader.wantsAckNow() ? WireFormat.FLAG_ACK_NOW : 0);
        put("path", reader.pathId());
        put("session", hex(reader.sessionId()));
        put("number", Long.toUnsignedString(reader.packetNumber()));
        put("sendTimeMicros", Integer.toUnsignedString(reader.sendTimeMicros()));
    }

    private boolean describeBody(ByteBuf in, int index, int length) {
        return switch (reader.kind()) {
            case HELLO -> hello(HandshakeCodec.readHello(in, index, length));
            case ACCEPT -> accept(HandshakeCodec.readAccept(in, index, length));
            case SHARD -> shard(reader.shard());
            case ACK -> ack.read(in, index, length) && ack();
            case DONE -> done(in, index, length);
            case REJECT -> reject(OutcomeCodec.readReject(in, index, length));
            case PATH_CHALLENGE, PATH_RESPONSE -> token(in, index, length);
            case PROBE -> packetBytes();
            case CLOSE -> close(PathCodec.readClose(in, index, length));
            case REPAIR, PROTECTED -> false;
        };
    }

    private boolean hello(@Nullable Hello hello) {
        if (hello == null) {
            return false;
        }
        put("versions", hello.versions().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        put("helloSession", hex(hello.sessionId()));
        limits(hello.limits());
        put("cookie", hello.cookie().length == 0 ? "-" : ByteBufUtil.hexDump(hello.cookie()));
        InetSocketAddress destination = hello.destination();
        put(
                "destination",
                destination == null ? "-" : destination.getAddress().getHostAddress() + ":" + destination.getPort());
        return packetBytes();
    }

    private boolean accept(@Nullable Accept accept) {
        if (accept instanceof Accept.Retry retry) {
            put("type", "retry");
            put("cookie", ByteBufUtil.hexDump(retry.cookie()));
        } else if (accept instanceof Accept.Session session) {
            put("type", "session");
            put("version", session.version());
            put("acceptSession", hex(session.sessionId()));
            limits(session.limits());
        }
        return accept != null;
    }

    private void limits(SessionLimits limits) {
        put("maxMessageBytes", limits.maxMessageBytes());
        put("creditBytes", limits.creditBytes());
        put("creditMessages", limits.creditMessages());
        put("maxPacketBytes", limits.maxPacketBytes());
    }

    private boolean shard(ShardHeader shard) {
        put("message", hex(shard.messageId()));
        put("total", shard.total());
        put("block", shard.block());
        put("generation", shard.generation());
        put("index", shard.index());
        put("shardSize", shard.shardSize());
        put("payloadLength", shard.payloadLength());
        put("class", shard.trafficClass());
        put("contract", shard.contract());
        put("blockExponent", shard.blockExponent());
        put("deadlineMillis", shard.deadlineMillis());
        return true;
    }

    private boolean ack() {
        put("ackDelayMicros", ack.ackDelayMicros());
        put("receiveTimeMicros", Integer.toUnsignedString(ack.receiveTimeMicros()));
        put("creditBytes", ack.creditBytes());
        put("creditMessages", ack.creditMessages());
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < ack.rangeCount(); i++) {
            ranges.add(Long.toUnsignedString(ack.rangeLow(i)) + "-" + Long.toUnsignedString(ack.rangeHigh(i)));
        }
        put("ranges", String.join(" ", ranges));
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < ack.blockCount(); i++) {
            blocks.add(block(i));
        }
        put("blocks", blocks.isEmpty() ? "-" : String.join("; ", blocks));
        return true;
    }

    private String block(int i) {
        StringBuilder bits = new StringBuilder();
        for (int shard = 0; shard < ack.blockShards(i); shard++) {
            bits.append(ack.hasShard(i, shard) ? '1' : '0');
        }
        int flags = (ack.wantsRepair(i) ? AckFrame.BLOCK_REPAIR : 0)
                | (ack.wantsFreshGeneration(i) ? AckFrame.BLOCK_FRESH_GENERATION : 0);
        return hex(ack.blockMessage(i)) + "/" + ack.blockNumber(i) + "/" + ack.blockGeneration(i) + " flags=" + flags
                + " " + bits;
    }

    private boolean done(ByteBuf in, int index, int length) {
        List<String> messages = new ArrayList<>();
        boolean valid = OutcomeCodec.readDone(in, index, length, id -> messages.add(hex(id)));
        put("messages", String.join(" ", messages));
        return valid;
    }

    private boolean reject(OutcomeCodec.@Nullable Rejection rejection) {
        if (rejection == null) {
            return false;
        }
        put("message", hex(rejection.messageId()));
        put("total", rejection.total());
        put("reason", rejection.reason());
        put("bySender", rejection.bySender());
        return true;
    }

    private boolean token(ByteBuf in, int index, int length) {
        if (!PathCodec.hasToken(length)) {
            return false;
        }
        put("token", hex(PathCodec.readToken(in, index)));
        return packetBytes();
    }

    private boolean packetBytes() {
        put("packetBytes", WireFormat.CONTROL_OVERHEAD_BYTES + reader.bodyLength());
        return true;
    }

    private boolean close(@Nullable CloseReason reason) {
        put("reason", String.valueOf(reason));
        return reason != null;
    }

    private void put(String key, Object value) {
        fields.put(key, value.toString());
    }

    private static String hex(long value) {
        return String.format("%016x", value);
    }
}
