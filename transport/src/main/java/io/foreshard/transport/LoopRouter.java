package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/**
 * Brings a packet to the loop that owns its session: the low byte of the session id names it, and for a HELLO the id that the initiator
 * chose. The system may deliver a packet on any of an endpoint's sockets; one that arrives on another loop is handed over through a
 * bounded queue. Safe for use by several loops.
 */
final class LoopRouter {

    private static final int QUEUE_CAPACITY = 4096;
    private static final int BATCH = 64;
    private static final int HELLO_VERSIONS = WireFormat.CONTROL_OVERHEAD_BYTES;
    private static final int KIND_OFFSET = 1;
    private static final int SESSION_OFFSET = 4;

    private final List<Inbox> inboxes;

    LoopRouter(List<Inbox> inboxes) {
        this.inboxes = List.copyOf(inboxes);
    }

    /** Takes a datagram that arrived on a loop, to be answered from the owner's own socket; ownership passes. */
    void route(ByteBuf packet, SocketAddress from, int arrivedOn) {
        int owner = ownerOf(packet, arrivedOn);
        deliver(packet, from, inboxes.get(owner).sink, owner, arrivedOn);
    }

    /** Takes a packet of a connection, to be answered on it; the loop that a HELLO arrives on owns it. Ownership passes. */
    void route(ByteBuf packet, SocketAddress from, PacketSink connection, int arrivedOn) {
        int owner = isHello(packet) ? arrivedOn : ownerOf(packet, arrivedOn);
        deliver(packet, from, connection, owner, arrivedOn);
    }

    private void deliver(ByteBuf packet, SocketAddress from, PacketSink sink, int owner, int arrivedOn) {
        Inbox inbox = inboxes.get(owner);
        if (owner == arrivedOn) {
            try {
                inbox.loop.onPacket(packet, from, sink);
            } finally {
                packet.release();
            }
        } else {
            inbox.handOver(packet, from, sink, inboxes.get(arrivedOn).loop.counters());
        }
    }

    private static boolean isHello(ByteBuf packet) {
        return packet.getUnsignedByte(packet.readerIndex() + KIND_OFFSET) == PacketKind.HELLO.code();
    }

    /** Returns the loop that owns a packet, which need not be valid yet. */
    private int ownerOf(ByteBuf packet, int arrivedOn) {
        int at = packet.readerIndex();
        int length = packet.readableBytes();
        if (length < WireFormat.CONTROL_OVERHEAD_BYTES) {
            return arrivedOn;
        }
        long id = packet.getLong(at + SESSION_OFFSET);
        if (isHello(packet)) {
            int versions = length > HELLO_VERSIONS ? packet.getUnsignedByte(at + HELLO_VERSIONS) : 0;
            int idAt = HELLO_VERSIONS + 1 + versions;
            id = length >= idAt + Long.BYTES ? packet.getLong(at + idAt) >>> Byte.SIZE : arrivedOn;
            return (int) Long.remainderUnsigned(id, inboxes.size());
        }
        int owner = SessionSecrets.loopOf(id);
        return owner < inboxes.size() ? owner : arrivedOn;
    }

    /** A packet on its way to another loop. */
    private record Handover(ByteBuf packet, SocketAddress from, PacketSink sink) {}

    /** The packets handed over to one loop. */
    static final class Inbox {

        private final SessionLoop loop;
        private final PacketSink sink;
        private final MpscVarHandleArrayQueue<Handover> queue = new MpscVarHandleArrayQueue<>(QUEUE_CAPACITY);
        private final AtomicBoolean drainQueued = new AtomicBoolean();
        private final Runnable drainTask = this::drain;

        Inbox(SessionLoop loop, PacketSink sink) {
            this.loop = loop;
            this.sink = sink;
        }

        private void handOver(
                ByteBuf packet, SocketAddress from, PacketSink sink, ReasonCounters<TransportReason> counters) {
            if (!queue.offer(new Handover(packet, from, sink))) {
                packet.release();
                counters.count(TransportReason.HANDOVER_FULL);
            } else {
                queueDrain();
            }
        }

        /** Takes what was handed over, a batch at a time so that the loop's own channel has its turn; runs on the loop. */
        void drain() {
            for (int taken = 0; taken < BATCH; taken++) {
                Handover next = queue.poll();
                if (next == null) {
                    drainQueued.set(false);
                    if (!queue.isEmpty()) {
                        queueDrain();
                    }
                    return;
                }
                take(next);
            }
            loop.executor().execute(drainTask);
        }

        private void take(Handover next) {
            try {
                loop.onPacket(next.packet(), next.from(), next.sink());
            } finally {
                next.packet().release();
            }
        }

        private void queueDrain() {
            if (!drainQueued.compareAndSet(false, true)) {
                return;
            }
            try {
                loop.executor().execute(drainTask);
            } catch (RejectedExecutionException shutDown) {
                dropAll();
            }
        }

        /** Nobody drains any more. Whoever set the mark is the one consumer, and looks again for what came meanwhile. */
        private void dropAll() {
            do {
                for (Handover next = queue.poll(); next != null; next = queue.poll()) {
                    next.packet().release();
                }
                drainQueued.set(false);
            } while (!queue.isEmpty() && drainQueued.compareAndSet(false, true));
        }
    }
}
