package io.foreshard.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What a UDP socket has received and its application has not read. */
final class DatagramReceiveQueue {

    private final Queue<Datagram> datagrams = new ArrayDeque<>();
    private long bytes;

    private static final class Datagram {

        final InetSocketAddress source;
        final byte[] payload;

        Datagram(InetSocketAddress source, byte[] payload) {
            this.source = source;
            this.payload = payload;
        }
    }

    boolean isEmpty() {
        return datagrams.isEmpty();
    }

    void clear() {
        datagrams.clear();
        bytes = 0;
    }

    /** Like a kernel, takes a datagram as long as the limit has not been reached yet. */
    boolean offer(InetSocketAddress source, byte[] payload, long limitBytes) {
        if (bytes >= limitBytes) {
            return false;
        }
        bytes += payload.length;
        return datagrams.add(new Datagram(source, payload));
    }

    /** Reads one datagram into a buffer that the caller then owns; what does not fit is cut off, as by {@code recvfrom}. */
    @Nullable
    DatagramPacket poll(
            RecvByteBufAllocator.ExtendedHandle handle, ByteBufAllocator allocator, InetSocketAddress recipient) {
        Datagram datagram = datagrams.poll();
        if (datagram == null) {
            return null;
        }
        bytes -= datagram.payload.length;
        ByteBuf buffer = handle.allocate(allocator);
        handle.attemptedBytesRead(buffer.writableBytes());
        int length = Math.min(buffer.writableBytes(), datagram.payload.length);
        buffer.writeBytes(datagram.payload, 0, length);
        handle.lastBytesRead(length);
        return new DatagramPacket(buffer, recipient, datagram.source);
    }
}
