package io.foreshard.jmh.shaper.mice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** What is in a packet: who sent it, its number, when it was due, and when it left for the socket. Echoes carry the same. Stateless. */
final class Packet {

    /** The number of the flow that is the elephant; mice count from 1. */
    static final int ELEPHANT = 0;

    static final int ECHO_BYTES = 36;
    static final int MOUSE_BYTES = 200;
    /** With the headers of UDP, IP and Ethernet, a thousand of them a second are 10 Mbit/s. */
    static final int ELEPHANT_BYTES = 1_208;

    private static final int TRANSMISSION = 4;
    private static final int NUMBER = 12;
    private static final int DUE = 20;
    private static final int LEFT = 28;

    private Packet() {}

    /** Returns a new packet, which is the caller's. */
    static ByteBuf of(ByteBufAllocator allocator, int flow, long transmission, long number, long dueNanos) {
        int bytes = flow == ELEPHANT ? ELEPHANT_BYTES : MOUSE_BYTES;
        return allocator
                .directBuffer(bytes, bytes)
                .writeInt(flow)
                .writeLong(transmission)
                .writeLong(number)
                .writeLong(dueNanos)
                .writeZero(bytes - DUE - Long.BYTES);
    }

    static boolean isOne(ByteBuf packet) {
        return packet.readableBytes() >= ECHO_BYTES && flow(packet) >= ELEPHANT;
    }

    static int flow(ByteBuf packet) {
        return packet.getInt(packet.readerIndex());
    }

    static long transmission(ByteBuf packet) {
        return packet.getLong(packet.readerIndex() + TRANSMISSION);
    }

    static long number(ByteBuf packet) {
        return packet.getLong(packet.readerIndex() + NUMBER);
    }

    static long dueNanos(ByteBuf packet) {
        return packet.getLong(packet.readerIndex() + DUE);
    }

    static long leftNanos(ByteBuf packet) {
        return packet.getLong(packet.readerIndex() + LEFT);
    }

    static void stamp(ByteBuf packet, long nowNanos) {
        packet.setLong(packet.readerIndex() + LEFT, nowNanos);
    }
}
