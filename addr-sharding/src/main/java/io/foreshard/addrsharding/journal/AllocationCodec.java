package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.runtime.Checks;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An allocation as bytes, in files and in memory:
 *
 * <pre>
 *  0  1  bits 0…2 status (0 free, 1 pending, 2 confirmed, 3 draining, 4 cooling), bit 3 kind (1 an address), bit 4 family (1 IPv6), others 0
 *  1  1  length of the prefix
 *  2  A  base of the prefix, A = 4 or 16
 *  …  8  sequence
 *  …  8  time of the status, milliseconds since 1970
 *  …  1  bytes of the subdivision's name, then the name in UTF-8
 *  …  1  bytes of the handle, then the handle in UTF-8
 * </pre>
 */
final class AllocationCodec {

    static final int MOST_NAME_BYTES = 255;
    static final int MOST_BYTES = 2 + 16 + 8 + 8 + 2 * (1 + MOST_NAME_BYTES);
    static final int STATUS_BITS = 0x07;
    static final int ADDRESS_BIT = 0x08;
    static final int IPV6_BIT = 0x10;
    /** What of the first byte tells which prefix it is about. */
    static final int KEY_BITS = ADDRESS_BIT | IPV6_BIT;

    private static final AllocationStatus[] STATUSES = AllocationStatus.values();
    private static final long IPV4_MASK = 0xffff_ffffL;

    private AllocationCodec() {}

    /**
     * Checks that an allocation can be written.
     *
     * @throws IllegalArgumentException if a name is too long, or no text
     */
    static void check(Allocation allocation) {
        checkName("subdivision", allocation.subdivision());
        checkName("handle", allocation.handle());
    }

    private static void checkName(String name, String text) {
        boolean fits = text.length() <= MOST_NAME_BYTES;
        // An unpaired surrogate would come back as a question mark, and the handle as another one.
        boolean isText = fits && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        fits = isText && text.getBytes(StandardCharsets.UTF_8).length <= MOST_NAME_BYTES;
        Checks.require(fits, name, fits ? text : text.length() + " characters", "text of at most 255 bytes in UTF-8");
    }

    static int key(Allocation allocation) {
        return (allocation.kind() == AllocationKind.ADDRESS ? ADDRESS_BIT : 0)
                | (allocation.prefix().family() == AddressFamily.IPV6 ? IPV6_BIT : 0);
    }

    /** Puts an allocation that was checked, at the position. */
    static void put(ByteBuffer out, Allocation allocation) {
        Prefix prefix = allocation.prefix();
        out.put((byte) (key(allocation) | allocation.status().ordinal())).put((byte) prefix.length());
        if (prefix.family() == AddressFamily.IPV6) {
            out.putLong(prefix.high()).putLong(prefix.low());
        } else {
            out.putInt((int) prefix.low());
        }
        out.putLong(allocation.sequence()).putLong(allocation.sinceMillis());
        putName(out, allocation.subdivision());
        putName(out, allocation.handle());
    }

    private static void putName(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put((byte) bytes.length).put(bytes);
    }

    /** Returns the allocation in a range that {@link #problem} has found good. */
    static Allocation get(ByteBuffer in, int from) {
        int tag = in.get(from);
        boolean isIpv6 = (tag & IPV6_BIT) != 0;
        int length = in.get(from + 1) & 0xff;
        int after = from + 2 + baseBytes(tag);
        Prefix prefix = isIpv6
                ? new Prefix(AddressFamily.IPV6, in.getLong(from + 2), in.getLong(from + 10), length)
                : new Prefix(AddressFamily.IPV4, 0, in.getInt(from + 2) & IPV4_MASK, length);
        int name = after + 16;
        int handle = name + 1 + (in.get(name) & 0xff);
        return new Allocation(
                (tag & ADDRESS_BIT) != 0 ? AllocationKind.ADDRESS : AllocationKind.SHARD,
                prefix,
                text(in, name),
                text(in, handle),
                STATUSES[tag & STATUS_BITS],
                in.getLong(after),
                in.getLong(after + 8));
    }

    private static String text(ByteBuffer in, int from) {
        byte[] bytes = new byte[in.get(from) & 0xff];
        in.get(from + 1, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int baseBytes(int tag) {
        return (tag & IPV6_BIT) != 0 ? 16 : 4;
    }

    static boolean isFree(ByteBuffer in, int from) {
        return (in.get(from) & STATUS_BITS) == AllocationStatus.FREE.ordinal();
    }

    static AllocationKind kind(ByteBuffer in, int from) {
        return (in.get(from) & ADDRESS_BIT) != 0 ? AllocationKind.ADDRESS : AllocationKind.SHARD;
    }

    /** Returns where the sequence stands, counted from the first byte; the time stands 8 bytes behind. */
    static int sequenceAt(int tag) {
        return 2 + baseBytes(tag);
    }

    static long sequence(ByteBuffer in, int from) {
        return in.getLong(from + sequenceAt(in.get(from)));
    }

    static long sinceMillis(ByteBuffer in, int from) {
        return in.getLong(from + sequenceAt(in.get(from)) + 8);
    }

    /** Returns the upper half of the base, 0 for IPv4. */
    static long high(ByteBuffer in, int from) {
        return (in.get(from) & IPV6_BIT) != 0 ? in.getLong(from + 2) : 0;
    }

    static long low(ByteBuffer in, int from) {
        return (in.get(from) & IPV6_BIT) != 0 ? in.getLong(from + 10) : in.getInt(from + 2) & IPV4_MASK;
    }

    /** Returns what keeps a range from being an allocation, null if nothing does. Makes no objects unless names are not ASCII. */
    static @Nullable String problem(ByteBuffer in, int from, int bytes) {
        if (bytes < 2 + 4 + 16 + 2 || bytes > MOST_BYTES) {
            return bytes + " bytes are no allocation";
        }
        int tag = in.get(from);
        if ((tag & ~(KEY_BITS | STATUS_BITS)) != 0 || (tag & STATUS_BITS) >= STATUSES.length) {
            return "unknown tag " + (tag & 0xff);
        }
        int names = 2 + baseBytes(tag) + 16;
        int handle = names + 1 + (names < bytes ? in.get(from + names) & 0xff : bytes);
        if (handle >= bytes || handle + 1 + (in.get(from + handle) & 0xff) != bytes) {
            return "names do not end with the record";
        }
        return !isPrefix(in, from)
                ? "no prefix"
                : sequence(in, from) < 1
                        ? "sequence " + sequence(in, from)
                        : isText(in, from + names + 1, handle - names - 1)
                                        && isText(in, from + handle + 1, bytes - handle - 1)
                                ? null
                                : "a name is not UTF-8";
    }

    private static boolean isPrefix(ByteBuffer in, int from) {
        int tag = in.get(from);
        int free = baseBytes(tag) * Byte.SIZE - (in.get(from + 1) & 0xff);
        if (free < 0 || (free > 0 && (tag & ADDRESS_BIT) != 0)) {
            return false;
        }
        boolean isIpv6 = (tag & IPV6_BIT) != 0;
        long inLow = free >= Long.SIZE ? -1 : (1L << free) - 1;
        long inHigh = free <= Long.SIZE ? 0 : free == 2 * Long.SIZE ? -1 : (1L << (free - Long.SIZE)) - 1;
        return (low(in, from) & inLow) == 0 && (!isIpv6 || (high(in, from) & inHigh) == 0);
    }

    private static boolean isText(ByteBuffer in, int from, int bytes) {
        for (int i = from; i < from + bytes; i++) {
            if (in.get(i) < 0) {
                return isUtf8(in.duplicate().limit(from + bytes).position(from));
            }
        }
        return true;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).length() > 0;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
