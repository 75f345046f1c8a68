package io.foreshard.flowshaper.scheduling;

import io.foreshard.flowshaper.spi.FlowView;

/**
 * A flow: its identity, its FIFO, its place in a wheel and its short history. 112 bytes with compressed references, which is what a
 * million of them are bounded by; think before adding a field.
 */
final class Flow implements FlowView {

    static final byte IDLE = 0;
    static final byte DELAYED = 1;
    static final byte READY = 2;
    static final byte PARKED = 3;

    private static final float SMOOTHING = 0.125f;
    /** The time over which the offered rate is smoothed. */
    private static final float LOAD_WINDOW_NANOS = 100e6f;

    final long sourceHigh;
    final long sourceLow;
    final long destinationHigh;
    final long destinationLow;
    final long rest;
    final Lane lane;

    /** Its place in the wheel that it stands in. */
    long tick;

    /** Virtual time at which its next packet may start: what it was served, divided by its weight. */
    long virtualStart;

    int queuedBytes;

    /** When the head was above its budget for too long, or the next one is, in {@link DelayBudget}'s units; 0 for never. */
    int dropAt;

    /** When it was seen last, as a short tick of the {@link PacketScheduler}. */
    int seenAt;

    byte state;
    byte drops;
    boolean paused;

    /** Packets in their order; when they are used up, those of the other list follow. */
    private int oldest = PacketSlab.NONE;

    /** Later packets, the newest first, so that appending one touches no other. */
    private int newest = PacketSlab.NONE;

    private float latencyNanos = Float.NaN;
    private float leastLatencyNanos = Float.NaN;
    private float loadBytesPerSecond = Float.NaN;

    Flow(Lane lane, FlowKey key) {
        this.lane = lane;
        this.sourceHigh = key.sourceHigh;
        this.sourceLow = key.sourceLow;
        this.destinationHigh = key.destinationHigh;
        this.destinationLow = key.destinationLow;
        this.rest = key.rest;
    }

    boolean is(Lane itsLane, FlowKey key) {
        return rest == key.rest
                && sourceLow == key.sourceLow
                && destinationLow == key.destinationLow
                && sourceHigh == key.sourceHigh
                && destinationHigh == key.destinationHigh
                && lane == itsLane;
    }

    /** Returns whether it is the same flow, which was forgotten in between. */
    boolean isNamedAs(Flow other) {
        return rest == other.rest
                && sourceLow == other.sourceLow
                && destinationLow == other.destinationLow
                && sourceHigh == other.sourceHigh
                && destinationHigh == other.destinationHigh;
    }

    boolean isIdle() {
        return state == IDLE;
    }

    boolean hasPackets() {
        return oldest != PacketSlab.NONE || newest != PacketSlab.NONE;
    }

    /** Appends a packet; touches no other one. */
    void append(int packet, int chargedBytes, PacketSlab packets) {
        packets.link(packet, newest);
        newest = packet;
        queuedBytes += chargedBytes;
    }

    /** Returns the first packet, {@link PacketSlab#NONE} if there is none. */
    int first(PacketSlab packets) {
        if (oldest == PacketSlab.NONE) {
            turnRound(packets);
        }
        return oldest;
    }

    /** Returns whether there is one packet and no other. */
    boolean hasSinglePacket(PacketSlab packets) {
        int first = first(packets);
        return first != PacketSlab.NONE && packets.next(first) == PacketSlab.NONE && newest == PacketSlab.NONE;
    }

    /** Removes the first packet; there must be one. */
    int removeFirst(PacketSlab packets) {
        int packet = first(packets);
        oldest = packets.next(packet);
        queuedBytes -= packets.chargedBytes(packet);
        return packet;
    }

    /** Reads what is needed when it is served. */
    int warm(PacketSlab packets) {
        int packet = oldest == PacketSlab.NONE ? newest : oldest;
        return packet == PacketSlab.NONE ? 0 : packets.bytes(packet);
    }

    /** Links what came last the other way round, so that the oldest is the first. */
    private void turnRound(PacketSlab packets) {
        int turned = PacketSlab.NONE;
        for (int packet = newest; packet != PacketSlab.NONE; ) {
            int older = packets.next(packet);
            packets.link(packet, turned);
            turned = packet;
            packet = older;
        }
        oldest = turned;
        newest = PacketSlab.NONE;
    }

    /** Notes an arrival: how much, and the short tick of its time. */
    void arrived(int bytes, int tick) {
        float gap = Math.max(0, (long) (tick - seenAt) << PacketScheduler.TICK_BITS);
        float before = Float.isNaN(loadBytesPerSecond) ? 0 : loadBytesPerSecond;
        loadBytesPerSecond = before + (bytes * 1e9f - before * gap) / (gap + LOAD_WINDOW_NANOS);
        seenAt = tick;
    }

    /** Notes a departure: how long the packet took, the path's latency included. */
    void departed(float tookNanos) {
        if (Float.isNaN(latencyNanos)) {
            latencyNanos = tookNanos;
            leastLatencyNanos = tookNanos;
        } else {
            latencyNanos += (tookNanos - latencyNanos) * SMOOTHING;
            leastLatencyNanos = Math.min(leastLatencyNanos, tookNanos);
        }
    }

    @Override
    public int packetBytes() {
        int first = first(lane.packets());
        return first == PacketSlab.NONE ? 0 : lane.packets().bytes(first);
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public double weight() {
        return lane.weight();
    }

    @Override
    public int classIndex() {
        return lane.classIndex();
    }

    @Override
    public double latencyNanos() {
        return latencyNanos;
    }

    @Override
    public double leastLatencyNanos() {
        return leastLatencyNanos;
    }

    @Override
    public double loadBytesPerSecond() {
        return loadBytesPerSecond;
    }
}
