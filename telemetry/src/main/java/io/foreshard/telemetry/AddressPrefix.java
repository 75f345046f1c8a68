package io.foreshard.telemetry;

import io.foreshard.runtime.Checks;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A block of IPv4 or IPv6 addresses. The bits behind the prefix are cleared, so that equal blocks are equal.
 *
 * @param v6 whether it is a block of IPv6 addresses; IPv4 addresses mapped into IPv6 count as IPv4
 * @param high first 64 bits of an IPv6 address; 0 for IPv4
 * @param low last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 * @param length how many bits are fixed, 0…32 or 0…128
 */
public record AddressPrefix(boolean v6, long high, long low, int length) {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final long V4_MASK = 0xFFFF_FFFFL;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,3}");

    /**
     * Clears the bits behind the prefix.
     *
     * @throws IllegalArgumentException if the length is outside its range
     */
    public AddressPrefix {
        Checks.inRange("length", length, 0, v6 ? V6_BITS : V4_BITS);
        high = v6 ? high & mask(length) : 0;
        low = v6 ? low & mask(length - Long.SIZE) : low & V4_MASK & mask(length + V4_BITS);
    }

    /**
     * {@return the block that a text names}
     *
     * @param text an address literal, or one with {@code /length}: {@code 10.1.0.0/16}, {@code 2001:db8::/32}, {@code ::1}
     * @throws IllegalArgumentException if it is not such a text; names are not looked up
     */
    public static AddressPrefix parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        boolean readable = bytes != null && (slash < 0 || DECIMAL.matcher(bits).matches());
        Checks.require(readable, "prefix", text, "an address literal, or one with /length");
        return of(bytes, slash < 0 ? bytes.length * Byte.SIZE : Integer.parseInt(bits));
    }

    /**
     * {@return the block of a single address}
     *
     * @param address the address; its scope is ignored
     */
    public static AddressPrefix of(InetAddress address) {
        return of(address, address instanceof Inet6Address ? V6_BITS : V4_BITS);
    }

    /**
     * {@return the block around an address}
     *
     * @param address an address in it; its scope is ignored
     * @param length how many bits are fixed, 0…32 or 0…128
     * @throws IllegalArgumentException if the length is outside its range
     */
    public static AddressPrefix of(InetAddress address, int length) {
        return of(address.getAddress(), length);
    }

    /**
     * {@return whether an address lies in the block}
     *
     * @param address the address; its scope is ignored
     */
    public boolean contains(InetAddress address) {
        return address instanceof Inet6Address == v6 && of(address, length).equals(this);
    }

    /** {@return the block as {@link #parse} reads it} */
    @Override
    public String toString() {
        byte[] bytes = v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
        return NetUtil.bytesToIpAddress(bytes) + "/" + length;
    }

    private static AddressPrefix of(byte[] bytes, int length) {
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new AddressPrefix(false, 0, bits.getInt(), length)
                : new AddressPrefix(true, bits.getLong(), bits.getLong(), length);
    }

    /** Returns a word whose first bits are set. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }
}
