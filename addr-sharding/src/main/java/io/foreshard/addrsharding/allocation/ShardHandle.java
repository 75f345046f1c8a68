package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a handle says: {@code 4-0-a400300-18-5f} is the shard of IPv4 with base 0a400300 and a length of 0x18, assigned under revision 0x5f. As no revision
 * comes twice, neither does a handle, and one whose shard is long gone can still be told from one that never was.
 */
record ShardHandle(Prefix prefix, long birth) {

    private static final int DIGIT_BITS = 4;
    private static final int DIGITS_OF_A_LONG = 16;
    private static final int FIELDS = 4;
    private static final int LONGEST = 2 + FIELDS * (DIGITS_OF_A_LONG + 1);
    private static final char SEPARATOR = '-';

    static String text(Prefix prefix, long birth) {
        byte[] ascii = new byte[LONGEST];
        int start = putHex(ascii, LONGEST, birth);
        start = putHex(ascii, start, prefix.length());
        start = putHex(ascii, start, prefix.low());
        start = putHex(ascii, start, prefix.high());
        start--;
        ascii[start] = (byte) (prefix.family() == AddressFamily.IPV4 ? '4' : '6');
        return new String(ascii, start, LONGEST - start, StandardCharsets.ISO_8859_1);
    }

    /** Puts a separator and a number before an end. Returns where it starts. */
    private static int putHex(byte[] ascii, int end, long number) {
        int start = end;
        long rest = number;
        do {
            start--;
            ascii[start] = (byte) Character.forDigit((int) rest & 0xf, 1 << DIGIT_BITS);
            rest >>>= DIGIT_BITS;
        } while (rest != 0);
        start--;
        ascii[start] = SEPARATOR;
        return start;
    }

    /** Returns null if this is no handle. */
    static @Nullable ShardHandle parse(String text) {
        boolean isIpv4 = text.startsWith("4-");
        if (text.length() > LONGEST || !(isIpv4 || text.startsWith("6-"))) {
            return null;
        }
        long[] fields = new long[FIELDS];
        int field = 0;
        int digits = 0;
        for (int i = 2; i < text.length(); i++) {
            int digit = digit(text.charAt(i));
            if (digit >= 0 && digits < DIGITS_OF_A_LONG) {
                fields[field] = fields[field] << DIGIT_BITS | digit;
                digits++;
            } else if (text.charAt(i) == SEPARATOR && digits > 0 && field < FIELDS - 1) {
                field++;
                digits = 0;
            } else {
                return null;
            }
        }
        return field == FIELDS - 1 && digits > 0 ? of(isIpv4, fields) : null;
    }

    /** Only as it is written: one shard has one handle. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    private static @Nullable ShardHandle of(boolean isIpv4, long[] fields) {
        AddressFamily family = isIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
        if (fields[2] < 0 || fields[2] > family.bits()) {
            return null;
        }
        try {
            return new ShardHandle(new Prefix(family, fields[0], fields[1], (int) fields[2]), fields[3]);
        } catch (IllegalArgumentException hostBits) {
            return null;
        }
    }
}
