package io.foreshard.jmh.shaper.scheduling;

import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A flow of a peer: its 5-tuple, its FIFO, and when its head leaves. */
final class PeerFlow implements Delayed {

    final long sourceHigh;
    final long sourceLow;
    final long destinationHigh;
    final long destinationLow;
    final long rest;
    final LongSupplier clock;

    @Nullable
    PeerPacket head;

    @Nullable
    PeerPacket tail;

    long departureNanos;

    PeerFlow(Tuple key, LongSupplier clock) {
        this.sourceHigh = key.sourceHigh;
        this.sourceLow = key.sourceLow;
        this.destinationHigh = key.destinationHigh;
        this.destinationLow = key.destinationLow;
        this.rest = key.rest;
        this.clock = clock;
        this.departureNanos = clock.getAsLong();
    }

    /** A packet that waits. */
    static final class PeerPacket {
        @Nullable
        PeerPacket next;

        @Nullable
        Object message;

        long departureNanos;
    }

    boolean is(Tuple key) {
        return rest == key.rest
                && sourceLow == key.sourceLow
                && destinationLow == key.destinationLow
                && sourceHigh == key.sourceHigh
                && destinationHigh == key.destinationHigh;
    }

    void append(PeerPacket packet) {
        if (tail == null) {
            head = packet;
        } else {
            tail.next = packet;
        }
        tail = packet;
    }

    @Nullable
    PeerPacket poll() {
        PeerPacket first = head;
        if (first != null) {
            head = first.next;
            tail = head == null ? null : tail;
        }
        return first;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(departureNanos - clock.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(departureNanos, ((PeerFlow) other).departureNanos);
    }
}
