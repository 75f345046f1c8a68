package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.wire.LegFormat;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Sends what flows have, a piece of each in turn, over the legs that the scheduler picks. Belongs to the session's event loop. */
final class Pump {

    /** Flows that are asked in vain, before the rest is left to the next event. */
    private static final int MOST_WAITS = 64;

    /** A piece takes no longer than this on its leg, or else little could overtake it. */
    private static final double MOST_PIECE_SECONDS = 0.02;

    /** Pieces of a flow that are looked at in one go. */
    private static final int MOST_OVERTAKEN = 64;

    private static final int LEAST_PIECE_BYTES = 4 * 1024;

    /** What is sent twice must arrive so much sooner. */
    private static final double WORTH_TWICE = 0.5;

    private final LegSet legs;
    private final Schedulers schedulers;
    private final SessionCounts counts;
    private final FlowQueue line = new FlowQueue();

    Pump(LegSet legs, Schedulers schedulers, SessionCounts counts) {
        this.legs = legs;
        this.schedulers = schedulers;
        this.counts = counts;
    }

    /** The flow may have something to send. */
    void offer(Flow flow) {
        if (!flow.line.isTaken()) {
            line.add(flow.line);
        }
    }

    boolean isIdle() {
        return line.isEmpty();
    }

    void run(long nowNanos) {
        int waits = 0;
        boolean usable = !line.isEmpty() && legs.choose(nowNanos);
        while (usable && waits < MOST_WAITS && legs.hasRoom()) {
            Flow flow = line.poll();
            if (flow == null) {
                return;
            }
            if (flow.isReset() || !flow.out.prepare(LegFormat.MAX_DATA_BYTES)) {
                overtake(flow, nowNanos);
                continue;
            }
            line.add(flow.line);
            if (!send(flow, nowNanos)) {
                waits++;
                if (waits >= line.size()) {
                    return;
                }
            } else {
                waits = 0;
                flow.outMoved();
            }
        }
    }

    private boolean send(Flow flow, long nowNanos) {
        Leg only = flow.pinned;
        if (flow.openOwed) {
            return false;
        }
        if (only != null) {
            boolean room = only.roomBytes() > 0;
            if (room) {
                send(flow, only, nowNanos);
            }
            return room;
        }
        StreamOut out = flow.out;
        long set = schedulers.of(flow.kind()).pick(legs, out.pieceBytes(), flow.backlogBytes(), out.creditBytes());
        long from = out.pieceFrom();
        boolean sent = false;
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.usable(i);
            if ((set >>> i & 1) != 0 && leg.roomBytes() > 0) {
                if (sent) {
                    counts.resentBytes += out.pieceBytes();
                    write(flow, leg, from, nowNanos);
                } else {
                    send(flow, leg, nowNanos);
                    sent = true;
                }
            }
        }
        return sent;
    }

    private void send(Flow flow, Leg leg, long nowNanos) {
        int most = pieceBytes(leg);
        if (flow.out.pieceBytes() > most) {
            flow.out.prepare(most);
        }
        if (flow.out.isPieceAgain()) {
            counts.resentBytes += flow.out.pieceBytes();
        }
        flow.out.sent(write(flow, leg, flow.out.pieceFrom(), nowNanos));
    }

    private static int pieceBytes(Leg leg) {
        double rate = leg.meter.bytesPerSecond();
        return rate == 0
                ? LegFormat.MAX_DATA_BYTES
                : (int) Math.max(LEAST_PIECE_BYTES, Math.min(LegFormat.MAX_DATA_BYTES, rate * MOST_PIECE_SECONDS));
    }

    private static SentFrame write(Flow flow, Leg leg, long from, long nowNanos) {
        StreamOut out = flow.out;
        ByteBuf content = out.slice();
        boolean fin = out.pieceFin();
        leg.port.write(leg.writer.dataHeader(flow.id(), from, content, fin, flow.sourceWaits()));
        leg.wroteData(content.readableBytes());
        if (content.isReadable()) {
            leg.port.write(content);
        } else {
            content.release();
        }
        SentFrame frame = new SentFrame(SentFrame.Kind.DATA, flow, leg, from, out.pieceTo(), nowNanos);
        leg.wrote(frame);
        flow.frameSent();
        return frame;
    }

    /**
     * A flow that has nothing else to send may wait for a piece on a slow leg: if another leg has room and would bring it much sooner, it is
     * sent there as well (opportunistic retransmission, Raiciu et al., NSDI 2012).
     */
    private void overtake(Flow flow, long nowNanos) {
        if (flow.isReset() || flow.pinned != null) {
            return;
        }
        int looked = 0;
        for (SentFrame frame : flow.out.frames()) {
            if (!frame.settled && !frame.overtaken && isWorthTwice(frame, nowNanos)) {
                frame.overtaken = true;
                flow.out.lost(frame.from, frame.to);
                offer(flow);
            }
            if (++looked == MOST_OVERTAKEN) {
                return;
            }
        }
    }

    private boolean isWorthTwice(SentFrame frame, long nowNanos) {
        Leg other = soonest(frame);
        return other != null && nanos(other) < WORTH_TWICE * remainingNanos(frame, nowNanos);
    }

    private @Nullable Leg soonest(SentFrame missing) {
        Leg best = null;
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.usable(i);
            boolean free = leg != missing.leg && leg.roomBytes() > 0;
            if (free && (best == null || nanos(leg) < nanos(best))) {
                best = leg;
            }
        }
        return best;
    }

    private static double nanos(Leg leg) {
        double rate = Math.max(1, leg.meter.bytesPerSecond());
        return leg.meter.leastRoundTripNanos() + (leg.meter.inFlightBytes() + LegFormat.MAX_DATA_BYTES) * 1e9 / rate;
    }

    private static double remainingNanos(SentFrame frame, long nowNanos) {
        double expected = frame.leg.roundTripNanos();
        return Math.max(expected - (nowNanos - frame.sentNanos), expected / 8);
    }
}
