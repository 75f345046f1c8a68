package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.Crc32c;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Lets what the {@link MessageSender} selects for a path leave as fast as its window and pace allow. Confined to one event loop.
 */
final class Transmitter {

    private static final int AGGRESSIVE_ACK_INTERVAL = 4;
    private static final long SINK_RETRY_NANOS = 1_000_000L;

    private final Path path;
    private final MessageSender sender;
    private final PacketOut out;
    private final ShardHeader header = new ShardHeader();
    private final Crc32c crc = new Crc32c();
    private final CopyPlanner copies;
    private long appLimitedUntil;
    private boolean heldBySink;
    private long repairedPackets;
    private long repairedBytes;

    Transmitter(Path path, MessageSender sender, PacketOut out, ReasonCounters<TransportReason> counters) {
        this.path = path;
        this.sender = sender;
        this.out = out;
        this.copies = new CopyPlanner(path, new LossRepairPolicy(), counters);
    }

    /**
     * Sends what may leave now of a set of classes; returns when to call again, or {@link Long#MAX_VALUE} when something else must
     * happen first.
     */
    long pump(int classes, long nowNanos) {
        heldBySink = !out.sink().isWritable();
        while (!heldBySink && path.sent.hasRoom()) {
            boolean copy = dueCopy(nowNanos);
            OutboundBlock block = copy ? copies.queue.block() : sender.select(path, classes, nowNanos);
            if (block == null) {
                return onNothingToSend(nowNanos);
            }
            int index = copy ? OutboundBlock.indexOf(copies.queue.tag()) : sender.selectedIndex();
            int bytes = WireFormat.SHARD_OVERHEAD_BYTES + block.payloadLength(index);
            long inFlight = path.sent.inFlightBytes();
            if (inFlight > 0 && inFlight + bytes > path.rate.windowBytes()) {
                return Long.MAX_VALUE;
            }
            long rate = Math.min(path.rate.rateBytesPerSecond(), sender.pace(block.message, path, nowNanos));
            long delay =
                    rate == ShardPlan.UNPACED ? 0 : path.pacer.delayNanos(nowNanos, rate, block.isAggressive(), bytes);
            if (delay > 0) {
                return nowNanos + delay;
            }
            if (copy) {
                sendCopy(block, index, bytes, nowNanos);
            } else {
                send(block, index, bytes, nowNanos);
            }
            heldBySink = !out.sink().isWritable();
        }
        return heldBySink ? nowNanos + SINK_RETRY_NANOS : Long.MAX_VALUE;
    }

    /** Returns whether the copy of a shard is to leave now; sends the probes before it. */
    private boolean dueCopy(long nowNanos) {
        while (copies.queue.isDue(nowNanos)) {
            if (copies.queue.block() != null) {
                return true;
            }
            boolean useful = copies.isProbeUseful();
            copies.queue.remove();
            if (useful) {
                ping(nowNanos);
                copies.onProbe();
            }
        }
        return false;
    }

    private long onNothingToSend(long nowNanos) {
        appLimitedUntil = path.loss.deliveredBytes() + Math.max(1, path.sent.inFlightBytes());
        copies.onIdle(nowNanos);
        return copies.queue.nextNanos();
    }

    private void sendCopy(OutboundBlock block, int index, int bytes, long nowNanos) {
        long number = path.sent.nextNumber();
        TransportReason reason = copies.queue.reason();
        copies.queue.remove();
        write(block, index, nowNanos);
        remember(nowNanos, bytes, block, block.tag(index));
        block.onSent(index, path.id, number);
        path.pacer.onSent(bytes);
        copies.onCopy(reason);
    }

    /** Returns whether the last {@link #pump} stopped because the channel's buffer was full. */
    boolean isHeldBySink() {
        return heldBySink;
    }

    /** Sends one packet regardless of window and pace, to hear whether the path works (RFC 9002, section 6.2). */
    void probe(int classes, long nowNanos) {
        OutboundBlock block = sender.queueProbe(path, classes) ? sender.select(path, classes, nowNanos) : null;
        if (block != null) {
            int index = sender.selectedIndex();
            send(block, index, WireFormat.SHARD_OVERHEAD_BYTES + block.payloadLength(index), nowNanos);
        } else {
            ping(nowNanos);
        }
    }

    /** Sends an empty packet that is acknowledged. */
    void ping(long nowNanos) {
        ByteBuf packet = out.begin(PacketKind.PROBE, path, 0, nowNanos);
        remember(nowNanos, packet.readableBytes(), null, 0);
        out.finish(path, packet);
    }

    private void send(OutboundBlock block, int index, int bytes, long nowNanos) {
        long number = path.sent.nextNumber();
        boolean repair = block.nextUnsent() > index;
        if (repair) {
            repairedPackets++;
            repairedBytes += bytes;
        }
        write(block, index, nowNanos);
        remember(nowNanos, bytes, block, block.tag(index));
        sender.onSent(path, block, index, number, nowNanos);
        path.pacer.onSent(bytes);
        if (repair) {
            copies.onRepair(block, index, bytes, nowNanos);
        } else {
            copies.onFresh(block, bytes, nowNanos);
        }
    }

    private void remember(long nowNanos, int bytes, @Nullable OutboundBlock block, int tag) {
        boolean appLimited = path.loss.deliveredBytes() < appLimitedUntil;
        path.loss.onSent(nowNanos, bytes, block, tag, appLimited);
        path.onElicitingSent(nowNanos);
    }

    private void write(OutboundBlock block, int index, long nowNanos) {
        OutboundMessage message = block.message;
        message.fill(header, block, index, nowNanos);
        long offset = block.offset(index);
        int length = header.payloadLength();
        if (offset + length > message.contentLength()) {
            writeTail(message, (int) offset, length, nowNanos);
            return;
        }
        ByteBuf content = message.content();
        int payloadCrc =
                out.shard(path, header, content, content.readerIndex() + (int) offset, flags(block, index), nowNanos);
        message.onShardChecksum(offset, length, payloadCrc);
    }

    /** Writes a shard that holds a part of the trailer: the checksum of the content in little-endian order. */
    private void writeTail(OutboundMessage message, int offset, int length, long nowNanos) {
        int checksum = message.checksum(crc);
        ByteBuf tail = out.sink().allocator().buffer(length, length);
        try {
            ByteBuf content = message.content();
            int ofContent = Math.max(0, message.contentLength() - offset);
            if (ofContent > 0) {
                tail.writeBytes(content, content.readerIndex() + offset, ofContent);
            }
            for (int i = ofContent; i < length; i++) {
                tail.writeByte(checksum >>> ((offset + i - message.contentLength()) << 3));
            }
            out.shard(path, header, tail, 0, WireFormat.FLAG_ACK_NOW, nowNanos);
        } finally {
            tail.release();
        }
    }

    private static int flags(OutboundBlock block, int index) {
        boolean early = block.isAggressive() && index % AGGRESSIVE_ACK_INTERVAL == 0;
        return early ? WireFormat.FLAG_ACK_NOW : 0;
    }

    long repairedPackets() {
        return repairedPackets;
    }

    long repairedBytes() {
        return repairedBytes;
    }
}
