package io.foreshard.simulator;

import io.foreshard.simulator.link.ImpairedLink;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a simulated stream connection: a send buffer, a link, and a receive window that gives credit back after the delay
 * of the way back. Reliable and in order; a link that is down or cut makes it wait.
 */
final class StreamPipe {

    private static final int SEGMENT_BYTES = 1448;
    private static final long PARTITION_POLL_NANOS = 10_000_000;

    private final Network network;
    private final SimulatedStreamChannel sender;
    private final SimulatedStreamChannel receiver;
    private final InetAddress from;
    private final InetAddress to;
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private long pendingBytes;
    private long creditUsedBytes;
    private long lastDeliverNanos;
    private boolean pumpScheduled;
    private boolean finished;
    private boolean ended;
    private boolean resetSent;

    StreamPipe(Network network, SimulatedStreamChannel sender, SimulatedStreamChannel receiver, Route route) {
        this.network = network;
        this.sender = sender;
        this.receiver = receiver;
        from = route.source().getAddress();
        to = route.destination().getAddress();
    }

    /** Takes what the send buffer has room for and advances the reader index by it. */
    int write(ByteBuf data) {
        long room = sender.config().getSendBufferSize() - pendingBytes;
        int taken = (int) Math.min(Math.max(room, 0), data.readableBytes());
        for (int left = taken; left > 0; ) {
            byte[] segment = new byte[Math.min(left, SEGMENT_BYTES)];
            data.readBytes(segment);
            pending.add(segment);
            left -= segment.length;
        }
        pendingBytes += taken;
        pump();
        return taken;
    }

    /** Ends the stream behind what is in the send buffer. */
    void finish() {
        finished = true;
        pump();
    }

    /** Drops the send buffer and tells the receiver; also after the end, when the receiver goes on sending. */
    void reset() {
        if (resetSent) {
            return;
        }
        pending.clear();
        pendingBytes = 0;
        ended = true;
        resetSent = true;
        deliver(0, receiver::receiveReset);
    }

    /** The receiver's application has read so much: credit for the sender, once the news has travelled back. */
    void consumed(int bytes) {
        SimulatedLink back = network.link(to, from);
        long delayNanos = back == null ? 0 : back.impairment().delayNanos();
        Scheduler scheduler = network.scheduler();
        scheduler.at(scheduler.nowNanos() + delayNanos, () -> {
            creditUsedBytes -= bytes;
            pump();
        });
    }

    private void pump() {
        boolean moved = false;
        while (!ended && !pending.isEmpty() && hasCredit() && hasRoom()) {
            send(pending.remove());
            moved = true;
        }
        if (finished && !ended && pending.isEmpty() && isConnected()) {
            ended = true;
            deliver(0, receiver::receiveEnd);
        }
        if (moved) {
            sender.signalWritable();
        }
    }

    private void send(byte[] segment) {
        pendingBytes -= segment.length;
        creditUsedBytes += segment.length;
        deliver(segment.length, () -> receiver.receive(segment));
    }

    private boolean hasCredit() {
        int next = pending.element().length;
        return creditUsedBytes == 0
                || creditUsedBytes + next <= receiver.config().getReceiveBufferSize();
    }

    private boolean hasRoom() {
        if (!isConnected()) {
            return false;
        }
        ImpairedLink link = link();
        long nowNanos = network.scheduler().nowNanos();
        long queued = link == null ? 0 : link.queuedBytes(nowNanos);
        if (link == null
                || queued == 0
                || queued + SEGMENT_BYTES <= link.impairment().queueBytes()) {
            return true;
        }
        pumpAt(link.nextRoomNanos(nowNanos));
        return false;
    }

    private boolean isConnected() {
        boolean connected = link() != null || network.isLocal(from, to);
        if (!connected) {
            pumpAt(network.scheduler().nowNanos() + PARTITION_POLL_NANOS);
        }
        return connected;
    }

    private void pumpAt(long nanos) {
        if (pumpScheduled) {
            return;
        }
        pumpScheduled = true;
        network.scheduler().at(nanos, () -> {
            pumpScheduled = false;
            pump();
        });
    }

    private void deliver(int lengthBytes, Runnable action) {
        ImpairedLink link = link();
        long nowNanos = network.scheduler().nowNanos();
        long deliverNanos = link == null ? nowNanos : link.offerStream(nowNanos, lengthBytes);
        lastDeliverNanos = Math.max(lastDeliverNanos, deliverNanos);
        network.scheduler().at(lastDeliverNanos, action);
    }

    private @Nullable ImpairedLink link() {
        SimulatedLink link = network.link(from, to);
        return link == null ? null : link.engine();
    }
}
