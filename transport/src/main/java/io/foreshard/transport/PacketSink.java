package io.foreshard.transport;

import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;

/** Where packets go: a datagram channel, or a stream. Confined to one event loop. */
interface PacketSink {

    /** Is told of a packet that the system refused as too large. */
    interface TooLarge {
        void onTooLarge(int packetBytes);
    }

    ByteBufAllocator allocator();

    Carrier carrier();

    boolean isWritable();

    SocketAddress localAddress();

    /** Writes a packet, whose ownership passes; nothing is sent before {@link #flush()}. */
    void write(ByteBuf packet, SocketAddress remote);

    /** As {@link #write}, and reports when the packet is too large for the path. */
    void writeReporting(ByteBuf packet, SocketAddress remote, TooLarge report);

    void flush();
}
