package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;
import java.time.Instant;
import java.util.Locale;

/**
 * Who has a range of addresses, and since when.
 *
 * @param kind a shard, or an address within one
 * @param prefix the range
 * @param subdivision who it is for
 * @param handle what it is released by: unique among the living allocations of its kind, subdivision and family
 * @param status where it stands in its life
 * @param sequence grows whenever the prefix changes status, and from one owner to the next: tells a late release from one of today's owner
 * @param sinceMillis when it came to this status, in milliseconds since 1970
 */
public record Allocation(
        AllocationKind kind,
        Prefix prefix,
        String subdivision,
        String handle,
        AllocationStatus status,
        long sequence,
        long sinceMillis) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the sequence is below 1, or an allocation of an address is a range
     */
    public Allocation {
        Checks.positive("sequence", sequence);
        Checks.require(kind == AllocationKind.SHARD || prefix.isAddress(), "prefix", prefix, "a single address");
    }

    /** Returns this as one JSON object (RFC 8259), in the order of the components; the time as ISO 8601 has it. */
    public String json() {
        return "{\"kind\":\"" + kind
                + "\",\"prefix\":\"" + prefix
                + "\",\"log2Size\":" + prefix.log2Size()
                + ",\"subdivision\":" + quoted(subdivision)
                + ",\"handle\":" + quoted(handle)
                + ",\"status\":\"" + status
                + "\",\"sequence\":" + sequence
                + ",\"since\":\"" + Instant.ofEpochMilli(sinceMillis)
                + "\"}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
