package io.foreshard.flowshaper.scheduling;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The identity of a flow: its whole 5-tuple, never a hash of it. Immutable, any thread.
 *
 * @param sourceHigh upper half of an IPv6 source address, 0 for IPv4
 * @param sourceLow lower half of an IPv6 source address, or the IPv4 address
 * @param destinationHigh upper half of an IPv6 destination address, 0 for IPv4
 * @param destinationLow lower half of an IPv6 destination address, or the IPv4 address
 * @param rest source port, destination port, protocol and address families, as {@link #of} packs them
 */
public record FlowKey(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long rest) {

    /** The IP protocol number of TCP. */
    public static final int TCP = 6;

    /** The IP protocol number of UDP. */
    public static final int UDP = 17;

    private static final int IPV6_SOURCE = 1;
    private static final int IPV6_DESTINATION = 2;

    /**
     * Packs a 5-tuple.
     *
     * @param protocol IP protocol number, 0…255
     * @param source where the packets come from; an unresolved address counts as 0.0.0.0
     * @param destination where they go; an unresolved address counts as 0.0.0.0
     */
    public static FlowKey of(int protocol, InetSocketAddress source, InetSocketAddress destination) {
        InetAddress from = source.getAddress();
        InetAddress to = destination.getAddress();
        long families =
                (from instanceof Inet6Address ? IPV6_SOURCE : 0) | (to instanceof Inet6Address ? IPV6_DESTINATION : 0);
        long rest = (long) source.getPort() << 48
                | (long) destination.getPort() << 32
                | (long) (protocol & 0xff) << 8
                | families;
        return new FlowKey(high(from), low(from), high(to), low(to), rest);
    }

    /** Returns the IP protocol number. */
    public int protocol() {
        return (int) (rest >>> 8) & 0xff;
    }

    /** Returns the source port. */
    public int sourcePort() {
        return (int) (rest >>> 48);
    }

    /** Returns the destination port. */
    public int destinationPort() {
        return (int) (rest >>> 32) & 0xffff;
    }

    private static long high(InetAddress address) {
        return address instanceof Inet6Address ? word(address.getAddress(), 0, Long.BYTES) : 0;
    }

    private static long low(InetAddress address) {
        if (address == null) {
            return 0;
        }
        byte[] bytes = address.getAddress();
        return bytes.length == Integer.BYTES ? word(bytes, 0, Integer.BYTES) : word(bytes, Long.BYTES, Long.BYTES);
    }

    private static long word(byte[] bytes, int offset, int length) {
        long word = 0;
        for (int index = offset; index < offset + length; index++) {
            word = (word << Byte.SIZE) | (bytes[index] & 0xff);
        }
        return word;
    }
}
