package io.foreshard.shardcodec;

/**
 * How urgent a message is, most urgent first; the service classes of RFC 4594 that a message protocol can use, with the code points of
 * RFC 8837, table 1 (data and interactive media) and RFC 8622 (lower effort). The order decides what leaves first; the code point is
 * a hint to networks, which may change or ignore it (RFC 9435).
 */
public enum TrafficClass {
    /** Voice, remote control, alarms: little of it, at once. EF (RFC 3246), the telephony class of RFC 4594, section 4.1. */
    REAL_TIME(1, 46, true),
    /** Video conferences, screens, games. AF41 (RFC 2597), the multimedia conferencing class of RFC 4594, section 4.3. */
    INTERACTIVE(2, 34, true),
    /** Requests that somebody waits for. AF21, the low-latency data class of RFC 4594, section 4.7. */
    LOW_LATENCY(3, 18, true),
    /** Everything else, and the default. DF (RFC 2474, section 4.1). */
    STANDARD(0, 0, false),
    /** Large transfers. AF11, the high-throughput data class of RFC 4594, section 4.8. */
    HIGH_THROUGHPUT(4, 10, false),
    /** What may wait for all others: backups, prefetching. LE (RFC 8622), which replaces CS1. */
    BACKGROUND(5, 1, false);

    private static final TrafficClass[] BY_CODE = byCode();

    private final int code;
    private final int dscp;
    private final boolean latencySensitive;

    TrafficClass(int code, int dscp, boolean latencySensitive) {
        this.code = code;
        this.dscp = dscp;
        this.latencySensitive = latencySensitive;
    }

    private static TrafficClass[] byCode() {
        TrafficClass[] classes = new TrafficClass[values().length];
        for (TrafficClass each : values()) {
            classes[each.code] = each;
        }
        return classes;
    }

    /** Returns the number on the wire, 4 bits. */
    public int code() {
        return code;
    }

    /** Returns the differentiated services code point, 6 bits; the TOS or traffic class byte of IP is this times 4. */
    public int dscp() {
        return dscp;
    }

    /** Returns whether somebody waits for its messages; a part of the credit is kept for such classes. */
    public boolean isLatencySensitive() {
        return latencySensitive;
    }

    /**
     * Returns the class of a number on the wire; one without a class is {@link #STANDARD}, as RFC 2474, section 3, has it for code
     * points.
     *
     * @param code 4 bits
     */
    public static TrafficClass ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : STANDARD;
    }
}
