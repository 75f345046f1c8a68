package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * What a handle says: {@code 4-0-a400300-18-5f} is the shard of IPv4 with base 0a400300 and a length of 0x18, assigned under revision 0x5f. As no revision
 *
 * comes twice, neither does a handle, and one whose shard is long gone can still be told from one that never was.
 */
record ShardHandle(Prefix prefix, long birth) {

    private static final int HEX = 16;
    private static final int LONGEST = 80;
    private static final char SEPARATOR = '-';

    static String text(Prefix prefix, long birth) {
        return (prefix.family() == AddressFamily.IPV4 ? "4-" : "6-")
                + Long.toHexString(prefix.high())
                + SEPARATOR
                + Long.toHexString(prefix.low())
                + SEPARATOR
                + Integer.toHexString(prefix.length())
                + SEPARATOR
                + Long.toHexString(birth);
    }

    /** Returns null if this is no handle. */
    static @Nullable ShardHandle parse(String text) {
        if (text.length() < 2 || text.length() > LONGEST || text.charAt(1) != SEPARATOR) {
            return null;
        }
        int high = 2;
        int low = text.indexOf(SEPARATOR, high) + 1;
        int length = text.indexOf(SEPARATOR, low) + 1;
        int birth = text.indexOf(SEPARATOR, length) + 1;
        boolean isIpv4 = text.charAt(0) == '4';
        if (low == 0 || length == 0 || birth == 0 || (!isIpv4 && text.charAt(0) != '6')) {
            return null;
        }
        try {
            Prefix prefix = new Prefix(
                    isIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6,
                    Long.parseUnsignedLong(text, high, low - 1, HEX),
                    Long.parseUnsignedLong(text, low, length - 1, HEX),
                    Integer.parseInt(text, length, birth - 1, HEX));
            return new ShardHandle(prefix, Long.parseLong(text, birth, text.length(), HEX));
        } catch (IllegalArgumentException noHandle) {
            return null;
        }
    }
}
