package io.foreshard.examples.stacks.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a frame carries, as far as it is UDP or TCP over IP.
 *
 * @param atNanos when, since 1970
 * @param isTcp whether it is a TCP segment; a UDP datagram else
 * @param source network, a number for each /24 or /64
 * @param destination network
 * @param sourcePort of it
 * @param destinationPort of it
 * @param sequence of the first byte, for TCP
 * @param payload from position to limit
 */
record Datagram(
        long atNanos,
        boolean isTcp,
        long source,
        long destination,
        int sourcePort,
        int destinationPort,
        int sequence,
        ByteBuffer payload) {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int MOST_TAGS = 4;

    /** Reads what is in a frame; empty if that is something else, or cut off. */
    static Optional<Datagram> of(Frame frame) {
        int at = network(frame);
        ByteBuffer content = frame.content();
        if (at < 0 || at >= content.capacity()) {
            return Optional.empty();
        }
        int version = (content.get(at) & 0xFF) >> 4;
        return version == 4 ? ipv4(frame, at) : version == 6 ? ipv6(frame, at) : Optional.empty();
    }

    /** Where the IP header begins, by link type; -1 where there is none. */
    private static int network(Frame frame) {
        ByteBuffer content = frame.content();
        return switch (frame.linkType()) {
            case 0, 108 -> 4; // BSD loopback
            case 1 -> behindType(content, 12); // Ethernet
            case 9, 104 -> behindType(content, 2); // PPP, which may be Cisco HDLC, and that
            case 12, 14, 101 -> 0; // raw IP
            case 113 -> behindType(content, 14); // Linux cooked
            default -> -1;
        };
    }

    private static int behindType(ByteBuffer content, int typeAt) {
        int at = typeAt;
        for (int tag = 0; tag <= MOST_TAGS && at + 2 <= content.capacity(); tag++) {
            int type = content.getShort(at) & 0xFFFF;
            if (type == IPV4 || type == IPV6) {
                return at + 2;
            }
            if (type != 0x8100 && type != 0x88A8) {
                return -1;
            }
            at += 4;
        }
        return -1;
    }

    private static Optional<Datagram> ipv4(Frame frame, int at) {
        ByteBuffer content = frame.content();
        if (at + IPV4_HEADER > content.capacity()) {
            return Optional.empty();
        }
        int header = (content.get(at) & 0x0F) * 4;
        int length = content.getShort(at + 2) & 0xFFFF;
        boolean isPart = (content.getShort(at + 6) & 0x3FFF) != 0;
        if (header < IPV4_HEADER || isPart || length < header || at + length > content.capacity()) {
            return Optional.empty();
        }
        long source = Integer.toUnsignedLong(content.getInt(at + 12)) >> 8;
        long destination = Integer.toUnsignedLong(content.getInt(at + 16)) >> 8;
        ByteBuffer rest = content.slice(at + header, length - header);
        return transport(frame.atNanos(), content.get(at + 9), source, destination, rest);
    }

    /** Without extension headers. */
    private static Optional<Datagram> ipv6(Frame frame, int at) {
        ByteBuffer content = frame.content();
        if (at + IPV6_HEADER > content.capacity()) {
            return Optional.empty();
        }
        int length = content.getShort(at + 4) & 0xFFFF;
        if (at + IPV6_HEADER + length > content.capacity()) {
            return Optional.empty();
        }
        ByteBuffer rest = content.slice(at + IPV6_HEADER, length);
        return transport(frame.atNanos(), content.get(at + 6), content.getLong(at + 8), content.getLong(at + 24), rest);
    }

    private static Optional<Datagram> transport(
            long atNanos, int protocol, long source, long destination, ByteBuffer rest) {
        int header = 0;
        int sequence = 0;
        if (protocol == UDP && rest.capacity() >= UDP_HEADER) {
            header = UDP_HEADER;
        } else if (protocol == TCP && rest.capacity() >= TCP_HEADER) {
            header = ((rest.get(12) & 0xFF) >> 4) * 4;
            sequence = rest.getInt(4);
        }
        if (header < UDP_HEADER || header > rest.capacity() || (protocol == TCP && header < TCP_HEADER)) {
            return Optional.empty();
        }
        return Optional.of(new Datagram(
                atNanos,
                protocol == TCP,
                source,
                destination,
                rest.getShort(0) & 0xFFFF,
                rest.getShort(2) & 0xFFFF,
                sequence,
                rest.slice(header, rest.capacity() - header)));
    }
}
