package io.foreshard.jmh.shaper.scheduling;

import io.foreshard.flowshaper.scheduling.FlowKey;

/** A 5-tuple as whoever reads packets sees it, used again for other packets. */
final class Tuple {

    static final int DESTINATION = 0xc0a80001;
    static final int DESTINATION_PORT = 443;

    private static final int PORTS = 1 << 14;
    private static final int FIRST_SOURCE = 0x0a000000;

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow = Integer.toUnsignedLong(DESTINATION);
    long rest;

    /** Takes on the identity of a flow. */
    Tuple of(int flow) {
        sourceLow = Integer.toUnsignedLong(FIRST_SOURCE + flow / PORTS);
        rest = (1024L + flow % PORTS) << 48 | (long) DESTINATION_PORT << 32 | FlowKey.UDP << Byte.SIZE;
        return this;
    }

    int source() {
        return (int) sourceLow;
    }

    int sourcePort() {
        return (int) (rest >>> 48);
    }
}
