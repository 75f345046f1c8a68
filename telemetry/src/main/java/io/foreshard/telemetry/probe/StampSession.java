package io.foreshard.telemetry.probe;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The probes of one path that may still be answered, and the verdict on each answer. Belongs to one event loop; time is handed in. */
final class StampSession {

    /** The longest time-out in intervals for which a slot is surely free when it is used again. */
    static final int MAX_TIMEOUT_INTERVALS = 32;

    private static final int SLOTS = 64;

    private enum State {
        FREE,
        WAITING,
        ANSWERED,
        LOST
    }

    private final ProbedPath path;
    private final ProbeCore core;
    private final StampClock clock;
    private final int sessionId;
    private final int[] sequences = new int[SLOTS];
    private final long[] timestamps = new long[SLOTS];
    private final long[] sentNanos = new long[SLOTS];
    private final State[] states = new State[SLOTS];
    private final OneWayTimes oneWay = new OneWayTimes();
    private int sequence;

    StampSession(ProbedPath path, ProbeCore core, StampClock clock) {
        this.path = path;
        this.core = core;
        this.clock = clock;
        sessionId = 1 + core.random.nextInt(0xFFFF);
        sequence = core.random.nextInt();
        Arrays.fill(states, State.FREE);
    }

    OneWayTimes oneWay() {
        return oneWay;
    }

    /** Writes the next probe and returns its sequence number. */
    int write(ByteBuf packet, int paddingBytes, long nowNanos) {
        int number = sequence++;
        int slot = number & (SLOTS - 1);
        sequences[slot] = number;
        timestamps[slot] = clock.timestamp(nowNanos);
        sentNanos[slot] = nowNanos;
        states[slot] = State.WAITING;
        StampPacket.writeProbe(packet, number, timestamps[slot], clock.errorEstimate(), sessionId, paddingBytes);
        return number;
    }

    /** Forgets a probe that did not leave. */
    void unsent(int number) {
        int slot = number & (SLOTS - 1);
        if (sequences[slot] == number && states[slot] == State.WAITING) {
            states[slot] = State.FREE;
            core.counters.count(ProbeReason.PROBE_NOT_SENT);
        }
    }

    void expire(long nowNanos) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (states[slot] == State.WAITING && nowNanos - sentNanos[slot] >= core.timeoutNanos) {
                states[slot] = State.LOST;
                core.lost(path, nowNanos);
            }
        }
    }

    void onAnswer(ByteBuf answer, long nowNanos) {
        int slot = slot(answer);
        if (!isAsked(answer)) {
            core.counters.count(ProbeReason.UNASKED_ANSWER);
        } else if (states[slot] == State.ANSWERED) {
            core.counters.count(ProbeReason.REPEATED_ANSWER);
        } else if (states[slot] == State.LOST) {
            core.counters.count(ProbeReason.LATE_ANSWER);
        } else if (nowNanos - sentNanos[slot] >= core.timeoutNanos) {
            states[slot] = State.LOST;
            core.lost(path, nowNanos);
            core.counters.count(ProbeReason.LATE_ANSWER);
        } else {
            states[slot] = State.ANSWERED;
            measure(answer, sentNanos[slot], nowNanos);
        }
    }

    /** The sequence number and the time together cannot be guessed; a reflector that knows no session identifiers sends zeros. */
    boolean isAsked(ByteBuf answer) {
        int slot = slot(answer);
        int id = StampPacket.sessionId(answer);
        return states[slot] != State.FREE
                && sequences[slot] == StampPacket.senderSequence(answer)
                && timestamps[slot] == StampPacket.senderTimestamp(answer)
                && (id == sessionId || id == 0);
    }

    private static int slot(ByteBuf answer) {
        return StampPacket.senderSequence(answer) & (SLOTS - 1);
    }

    private void measure(ByteBuf answer, long sent, long nowNanos) {
        StampTimestampFormat format = ErrorEstimate.format(StampPacket.errorEstimate(answer));
        long received = format.decode(StampPacket.receiveTimestamp(answer));
        long returned = format.decode(StampPacket.timestamp(answer));
        long heldNanos = returned - received;
        long roundTripNanos = nowNanos - sent - heldNanos;
        if (heldNanos < 0 || roundTripNanos <= 0) {
            core.counters.count(ProbeReason.IMPLAUSIBLE_TIMES);
            return;
        }
        core.answered(path, roundTripNanos, nowNanos);
        long forth = received - clock.epochNanos(sent);
        long back = clock.epochNanos(nowNanos) - returned;
        if (!oneWay.take(forth, back, roundTripNanos, nowNanos)) {
            core.counters.count(ProbeReason.CLOCK_JUMP);
        }
    }
}
