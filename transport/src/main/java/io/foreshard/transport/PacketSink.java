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

    /** The session whose packets a sink takes. Called by any thread. */
    interface Owner extends TooLarge {

        /** There is room again for packets; also while packets are flushed. */
        void onRoom();

        /** The connection is gone; nothing comes from it any more. Returns before anything is done about it. */
        void onGone(PacketSink sink);
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

    /** Returns whether a session may send here: a connection carries one only. Any thread. */
    default boolean isFree() {
        return true;
    }

    /** Takes which session sends here from now on. */
    default void carry(Owner session) {}

    /** Takes that a packet from here belonged to no session, or to no path of its session. */
    default void onStray() {}

    /** Takes that nothing more is sent here: a connection ends once what was written has left. */
    default void leave() {}
}
