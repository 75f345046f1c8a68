package io.foreshard.flowsharder.session;

import org.jspecify.annotations.Nullable;

/** A frame that the other side has to acknowledge: on which leg, and what is to be done when that leg fails. */
final class SentFrame {

    /** What is lost with a frame. */
    enum Kind {
        OPEN,
        DATA,
        ACK,
        RESET,
        PING
    }

    final Kind kind;
    final @Nullable Flow flow;
    final Leg leg;
    final long from;
    final long to;
    final long endBytes;
    final long sentNanos;

    /** It arrived, or its contents were given to other legs. */
    boolean settled;

    /** Another leg was to bring the same sooner. */
    boolean overtaken;

    SentFrame(Kind kind, @Nullable Flow flow, Leg leg, long from, long to, long nowNanos) {
        this.kind = kind;
        this.flow = flow;
        this.leg = leg;
        this.from = from;
        this.to = to;
        this.endBytes = leg.writtenBytes();
        this.sentNanos = nowNanos;
    }
}
