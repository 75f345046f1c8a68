package io.foreshard.flowshaper.scheduling;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a flow: its whole 5-tuple, never a hash of it. A flyweight: whoever offers packets keeps one and {@link #wrap}s each
 * packet's addresses, so that no packet costs an object. (An address that is not the object that was wrapped before may
 * cost a copy of it, of 24 or 32 bytes, since the JDK hands out nothing else.) Not retained by who is given it. Confined to one thread.
 */
public final class FlowKey {

    /** The IP protocol number of TCP. */
    public static final int TCP = 6;

    /** The IP protocol number of UDP. */
    public static final int UDP = 17;

    private static final int IPV6_SOURCE = 1;
    private static final int IPV6_DESTINATION = 2;

    private @Nullable InetAddress wrappedSource;
    private @Nullable InetAddress wrappedDestination;

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    /** Both ports, the protocol and the address families. */
    long rest;

    /** Makes a key that wraps nothing yet. */
    public FlowKey() {}

    /**
     * Takes on the identity of a flow.
     *
     * @param protocol IP protocol number, 0…255
     * @param source where the packets come from; an unresolved address counts as 0.0.0.0
     * @param destination where they go; an unresolved address counts as 0.0.0.0
     * @return this
     */
    public FlowKey wrap(int protocol, InetSocketAddress source, InetSocketAddress destination) {
        wrapSource(source.getAddress());
        wrapDestination(destination.getAddress());
        rest = packed(source.getPort(), destination.getPort(), protocol, families());
        return this;
    }

    @SuppressWarnings("ReferenceEquality") // Another object is read again, which is right in any case.
    private void wrapSource(@Nullable InetAddress address) {
        if (address == null) {
            sourceHigh = 0;
            sourceLow = 0;
        } else if (address != wrappedSource) {
            byte[] bytes = address.getAddress();
            sourceHigh = high(bytes);
            sourceLow = low(bytes);
        }
        wrappedSource = address;
    }

    @SuppressWarnings("ReferenceEquality") // Another object is read again, which is right in any case.
    private void wrapDestination(@Nullable InetAddress address) {
        if (address == null) {
            destinationHigh = 0;
            destinationLow = 0;
        } else if (address != wrappedDestination) {
            byte[] bytes = address.getAddress();
            destinationHigh = high(bytes);
            destinationLow = low(bytes);
        }
        wrappedDestination = address;
    }

    private int families() {
        return (wrappedSource instanceof Inet6Address ? IPV6_SOURCE : 0)
                | (wrappedDestination instanceof Inet6Address ? IPV6_DESTINATION : 0);
    }

    /**
     * Takes on the identity of a flow between IPv4 addresses.
     *
     * @param protocol IP protocol number, 0…255
     * @param source address of the sender, as 32 bits
     * @param sourcePort its port
     * @param destination address of the recipient, as 32 bits
     * @param destinationPort its port
     * @return this
     */
    public FlowKey wrapIpv4(int protocol, int source, int sourcePort, int destination, int destinationPort) {
        wrappedSource = null;
        wrappedDestination = null;
        sourceHigh = 0;
        sourceLow = Integer.toUnsignedLong(source);
        destinationHigh = 0;
        destinationLow = Integer.toUnsignedLong(destination);
        rest = packed(sourcePort, destinationPort, protocol, 0);
        return this;
    }

    private static long packed(int sourcePort, int destinationPort, int protocol, int families) {
        return (long) sourcePort << 48 | (destinationPort & 0xffffL) << 32 | (protocol & 0xffL) << 8 | families;
    }

    /** Writes its five words to an array. */
    void writeTo(long[] words, int at) {
        words[at] = sourceHigh;
        words[at + 1] = sourceLow;
        words[at + 2] = destinationHigh;
        words[at + 3] = destinationLow;
        words[at + 4] = rest;
    }

    /** Takes on an identity that was written; wraps no address then. */
    void readFrom(long[] words, int at) {
        wrappedSource = null;
        wrappedDestination = null;
        sourceHigh = words[at];
        sourceLow = words[at + 1];
        destinationHigh = words[at + 2];
        destinationLow = words[at + 3];
        rest = words[at + 4];
    }

    /** Returns whether both addresses are IPv4 ones, whose upper halves are 0. */
    static boolean isIpv4(long rest) {
        return (rest & (IPV6_SOURCE | IPV6_DESTINATION)) == 0;
    }

    private static long high(byte[] address) {
        return address.length == 2 * Long.BYTES ? word(address, 0) : 0;
    }

    private static long low(byte[] address) {
        return address.length == 2 * Long.BYTES ? word(address, Long.BYTES) : ipv4(address);
    }

    private static long ipv4(byte[] bytes) {
        return (bytes[0] & 0xffL) << 24 | (bytes[1] & 0xffL) << 16 | (bytes[2] & 0xffL) << 8 | (bytes[3] & 0xffL);
    }

    private static long word(byte[] bytes, int offset) {
        long word = 0;
        for (int index = 0; index < Long.BYTES; index++) {
            word = (word << Byte.SIZE) | (bytes[offset + index] & 0xff);
        }
        return word;
    }
}
