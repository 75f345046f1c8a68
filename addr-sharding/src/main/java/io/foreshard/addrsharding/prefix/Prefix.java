package io.foreshard.addrsharding.prefix;

import io.foreshard.runtime.Checks;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses as CIDR has it (RFC 4632, RFC 4291): a base whose bits behind the length are zero. A single address is a prefix of
 * full length. Immutable.
 *
 * <p>Ordered by family, then base, then length, so that a prefix stands before those that it contains.
 *
 * @param family IPv4 or IPv6
 * @param high the upper 64 bits of an IPv6 base; 0 for IPv4
 * @param low the lower 64 bits of the base; an IPv4 base takes the lower 32 of them
 * @param length how many leading bits are fixed, 0…32 or 0…128
 */
public record Prefix(AddressFamily family, long high, long low, int length) implements Comparable<Prefix> {

    private static final Comparator<Prefix> ORDER = Comparator.comparing(Prefix::family)
            .thenComparing(Prefix::high, Long::compareUnsigned)
            .thenComparing(Prefix::low, Long::compareUnsigned)
            .thenComparingInt(Prefix::length);

    private static final int HALF = Long.SIZE;
    private static final long IPV4_MASK = 0xffff_ffffL;

    /**
     * Checks that the base fits.
     *
     * @throws IllegalArgumentException if the length is out of range, or bits behind it are set
     */
    public Prefix {
        Checks.inRange("length", length, 0, family.bits());
        if (family == AddressFamily.IPV4 && (high != 0 || (low & ~IPV4_MASK) != 0)) {
            throw new IllegalArgumentException("base: " + Long.toHexString(low) + " (expected: 32 bits)");
        }
        int free = family.bits() - length;
        if ((high & maskHigh(free)) != 0 || (low & maskLow(free)) != 0) {
            String asGiven = text(family, high, low) + "/" + length;
            String expected = text(family, high & ~maskHigh(free), low & ~maskLow(free)) + "/" + length;
            throw new IllegalArgumentException(
                    "prefix: " + asGiven + " (expected: no host bits, as in " + expected + ")");
        }
    }

    /**
     * Parses {@code address/length}; without a length, a single address. Names are never looked up.
     *
     * @param text such as {@code 10.64.0.0/16} or {@code 2001:db8::/48}
     * @throws IllegalArgumentException if this is no prefix, or has host bits
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        byte @Nullable [] address =
                NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        boolean isAddress = address != null && text.indexOf('%') < 0 && text.indexOf('[') < 0;
        Checks.require(isAddress, "prefix", text, "an IPv4 or IPv6 address, a slash and a length");
        return of(address, slash < 0 ? address.length * Byte.SIZE : length(text, slash));
    }

    private static int length(String text, int slash) {
        String digits = text.substring(slash + 1);
        boolean isNumber = digits.length() <= 3 && digits.matches("0|[1-9][0-9]*");
        Checks.require(isNumber, "prefix", text, "an IPv4 or IPv6 address, a slash and a length");
        return Integer.parseInt(digits);
    }

    /**
     * Returns a prefix with a base in network order.
     *
     * @param base 4 or 16 bytes
     * @param length how many leading bits are fixed
     * @throws IllegalArgumentException if the base has another length, or host bits
     */
    public static Prefix of(byte[] base, int length) {
        return switch (base.length) {
            case 4 -> new Prefix(AddressFamily.IPV4, 0, ByteBuffer.wrap(base).getInt() & IPV4_MASK, length);
            case 16 -> {
                ByteBuffer bytes = ByteBuffer.wrap(base);
                yield new Prefix(AddressFamily.IPV6, bytes.getLong(), bytes.getLong(), length);
            }
            default -> throw new IllegalArgumentException("base: " + base.length + " bytes (expected: 4 or 16)");
        };
    }

    /** Returns the logarithm to base 2 of how many addresses this holds, 0…128. */
    public int log2Size() {
        return family.bits() - length;
    }

    /** Returns whether this is a single address. */
    public boolean isAddress() {
        return length == family.bits();
    }

    /**
     * Returns whether all addresses of another prefix belong to this one.
     *
     * @param other of any family
     */
    public boolean contains(Prefix other) {
        int free = log2Size();
        return family == other.family
                && length <= other.length
                && (other.high & ~maskHigh(free)) == high
                && (other.low & ~maskLow(free)) == low;
    }

    /**
     * Returns whether some address belongs to both; then one contains the other.
     *
     * @param other of any family
     */
    public boolean overlaps(Prefix other) {
        return contains(other) || other.contains(this);
    }

    /**
     * Returns the prefix of twice the size that contains this one.
     *
     * @throws IllegalArgumentException if this holds all addresses
     */
    public Prefix parent() {
        Checks.require(length > 0, "length", length, "> 0, as nothing is larger");
        return within(family, high, low, length - 1);
    }

    /**
     * Returns the other half of the {@link #parent()}.
     *
     * @throws IllegalArgumentException if this holds all addresses
     */
    public Prefix sibling() {
        Checks.require(length > 0, "length", length, "> 0, as nothing is beside it");
        int bit = log2Size();
        return bit < HALF
                ? new Prefix(family, high, low ^ 1L << bit, length)
                : new Prefix(family, high ^ 1L << (bit - HALF), low, length);
    }

    /**
     * Returns one of the equal parts into which this splits.
     *
     * @param partLength length of each part, not below the length of this
     * @param index which part, from 0
     * @throws IllegalArgumentException if there is no such part
     */
    public Prefix part(int partLength, long index) {
        Checks.inRange("partLength", partLength, length, family.bits());
        Checks.inRange("index", index, 0, indexMask(partLength));
        int shift = family.bits() - partLength;
        long addedHigh = shift >= HALF ? index << (shift - HALF) : shift == 0 ? 0 : index >>> (HALF - shift);
        long addedLow = shift >= HALF ? 0 : index << shift;
        return new Prefix(family, high | addedHigh, low | addedLow, partLength);
    }

    /**
     * Returns which part of this another prefix is: the inverse of {@link #part}.
     *
     * @param part contained in this
     * @throws IllegalArgumentException if it is not, or there are more than 2^63 parts before it
     */
    public long indexOf(Prefix part) {
        Checks.require(contains(part), "part", part, "within " + this);
        int shift = part.log2Size();
        long bits = shift >= HALF
                ? part.high >>> (shift - HALF)
                : part.low >>> shift | (shift == 0 ? 0 : part.high << (HALF - shift));
        long index = bits & indexMask(part.length);
        Checks.require(part(part.length, index).equals(part), "part", part, "one of the first 2^63");
        return index;
    }

    private long indexMask(int partLength) {
        int bits = partLength - length;
        return bits >= HALF - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    /** Returns both halves, in order. */
    public List<Prefix> halves() {
        return List.of(part(length + 1, 0), part(length + 1, 1));
    }

    /** Returns the base as an address. */
    public InetAddress address() {
        return address(family, high, low);
    }

    @Override
    public int compareTo(Prefix other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code address/length}, IPv6 as RFC 5952 has it. */
    @Override
    public String toString() {
        return text(family, high, low) + "/" + length;
    }

    private static Prefix within(AddressFamily family, long high, long low, int length) {
        int free = family.bits() - length;
        return new Prefix(family, high & ~maskHigh(free), low & ~maskLow(free), length);
    }

    /** The bits of the upper half that are free when so many of all are. */
    private static long maskHigh(int free) {
        return free <= HALF ? 0 : free == 2 * HALF ? -1 : (1L << (free - HALF)) - 1;
    }

    private static long maskLow(int free) {
        return free >= HALF ? -1 : (1L << free) - 1;
    }

    private static String text(AddressFamily family, long high, long low) {
        return NetUtil.toAddressString(address(family, high, low));
    }

    private static InetAddress address(AddressFamily family, long high, long low) {
        byte[] bytes = family == AddressFamily.IPV4
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return family == AddressFamily.IPV4
                    ? InetAddress.getByAddress(bytes)
                    : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
