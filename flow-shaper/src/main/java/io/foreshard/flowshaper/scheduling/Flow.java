package io.foreshard.flowshaper.scheduling;

import io.foreshard.flowshaper.spi.FlowView;

/**
 * A flow: its identity, its FIFO, its place in a wheel and its short history. 104 bytes with compressed references, which is what a
 * million of them are bounded by; think before adding a field.
 */
final class Flow extends FlowIdentity implements FlowView {

    static final byte IDLE = 0;
    static final byte DELAYED = 1;
    static final byte READY = 2;
    static final byte PARKED = 3;

    private static final float SMOOTHING = 0.125f;
    /** The time over which the offered rate is smoothed. */
    private static final float LOAD_WINDOW_NANOS = 100e6f;

    /** When the head was above its budget for too long, or the next one is, in {@link DelayBudget}'s units, if {@link #drops} says so. */
    int dropAt;

    private float loadBytesPerSecond = Float.NaN;

    /** When it was seen last, as a short tick of the {@link PacketScheduler}. */
    int seenAt;

    private int head = PacketSlab.NONE;
    /** Means nothing without a head. */
    private int tail = PacketSlab.NONE;

    int queuedBytes;
    private float latencyNanos = Float.NaN;
    private float leastLatencyNanos = Float.NaN;
    byte state;
    /** 0 while the head is within its budget, else how many packets were dropped for it since, and one more. */
    byte drops;

    boolean paused;
    final Lane lane;

    /** Virtual time at which its next packet may start: what it was served, divided by its weight. */
    long virtualStart;

    Flow(Lane lane, FlowKey key) {
        super(key);
        this.lane = lane;
    }

    boolean is(Lane itsLane, FlowKey key) {
        return isNamed(key) && lane == itsLane;
    }

    boolean isIdle() {
        return state == IDLE;
    }

    boolean hasPackets() {
        return head != PacketSlab.NONE;
    }

    /** Returns the first packet, {@link PacketSlab#NONE} if there is none. */
    int first() {
        return head;
    }

    /** Returns whether there is one packet and no other. */
    boolean hasSinglePacket() {
        return head != PacketSlab.NONE && head == tail;
    }

    /** Appends a packet that is linked to none. */
    void append(int packet, int chargedBytes, PacketSlab packets) {
        if (head == PacketSlab.NONE) {
            head = packet;
        } else {
            packets.link(tail, packet);
        }
        tail = packet;
        queuedBytes += chargedBytes;
    }

    /** Removes the first packet; there must be one. */
    int removeFirst(PacketSlab packets) {
        int packet = head;
        head = packets.next(packet);
        queuedBytes -= packets.chargedBytes(packet);
        return packet;
    }

    /** Reads the packet that another one will be linked to. */
    int warmTail(PacketSlab packets) {
        return head == PacketSlab.NONE ? 0 : packets.bytes(tail);
    }

    /** Reads a word of each cache line of its state, so that who serves it has them at hand; returns what depends on all. */
    int warmState() {
        return (int) virtualStart + state;
    }

    /** Reads a word of each of the cache lines that finding it and giving it a packet take. */
    int warm() {
        return (int) sourceLow + seenAt + state;
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
        return head == PacketSlab.NONE ? 0 : lane.packets().bytes(head);
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
