package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.TimerWheel;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A message until its result is told, and after that for as long as a stack may still answer it. Its timer is its deadline. */
final class Exchange extends TimerWheel.Timer {

    final Kind kind;
    final LoopPort port;
    final int protocol;
    final long source;
    final long destination;
    /** Memory that is held. */
    final int capacity;
    /** What is not sent yet, or may be sent again. */
    @Nullable
    ByteBuf message;
    /** Null once it was told. */
    @Nullable
    ResultHandler handler;
    /** Counts the messages of the multiplexer. */
    long number;

    long key;
    long deadlineNanos;
    long sentNanos;
    /** Names the newest attempt; 0 if there was none. */
    long correlation;

    int slot;
    int attempts;
    int inFlightBefore;
    /** Its length; below 0 until it has arrived. */
    int bytes = -1;

    boolean charged;
    /** The one that has it; after that the one that is not to get it again. */
    @Nullable
    Seat seat;

    @Nullable
    Seat avoided;

    @Nullable
    Binding binding;

    @Nullable
    Line line;

    @Nullable
    Exchange previous;

    @Nullable
    Exchange next;

    Exchange(
            Kind kind,
            LoopPort port,
            int protocol,
            long source,
            long destination,
            ByteBuf message,
            long deadlineNanos,
            ResultHandler handler) {
        this.kind = kind;
        this.port = port;
        this.protocol = protocol;
        this.source = source;
        this.destination = destination;
        this.message = message;
        this.capacity = message.capacity();
        this.deadlineNanos = deadlineNanos;
        this.handler = handler;
    }

    void leaveLine() {
        if (line != null) {
            line.remove(this);
        }
    }

    /** Returns whether somebody waits for the result. */
    boolean isAwaited() {
        return handler != null;
    }

    @Override
    protected void onExpired(long nowNanos) {
        kind.expired(this, nowNanos);
    }
}
