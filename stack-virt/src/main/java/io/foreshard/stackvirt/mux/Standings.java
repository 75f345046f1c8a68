package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StacksView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of a kind and how they stand, as a pick sees them. Each number has an array over all stacks, so that a pick reads what lies side
 * by side; a stack has its own brought up to date when something happens to it. What changes with time alone is kept as of some moment, and
 * computed when it is read.
 */
final class Standings implements StacksView {

    private static final int FIRST = 16;

    private final List<Seat> seats = new ArrayList<>();
    private long[] roomBytes = new long[FIRST];
    private int[] inFlight = new int[FIRST];
    private long[] oldestSentNanos = new long[FIRST];
    private boolean[] isKnown = new boolean[FIRST];
    private long[] latencyNanos = new long[FIRST];
    private long[] answeredNanos = new long[FIRST];
    private double[] errorShare = new double[FIRST];
    private long[] errorNanos = new long[FIRST];
    private double[] weight = new double[FIRST];
    private double[] load = new double[FIRST];
    private double[] expected = new double[FIRST];
    private double[] headroom = new double[FIRST];

    private long nowNanos;
    /** When the first of the latencies may have become too old. */
    private long latenciesUntilNanos;

    private int bytes;
    private int avoided = -1;
    private int previous = -1;

    void add(Seat seat) {
        seats.add(seat);
        if (seats.size() > inFlight.length) {
            grow(2 * inFlight.length);
        }
        seat.place(seats.size() - 1);
    }

    void remove(Seat seat) {
        int at = seats.indexOf(seat);
        seats.remove(at);
        seat.place(Seat.NOWHERE);
        for (int i = at; i < seats.size(); i++) {
            seats.get(i).place(i);
        }
        if (at <= previous) {
            previous--;
        }
    }

    Seat get(int stack) {
        return seats.get(stack);
    }

    /** Sets what the next pick is for. */
    void ask(int messageBytes, @Nullable Seat without, long now) {
        bytes = messageBytes;
        avoided = without == null ? Seat.NOWHERE : without.place();
        nowNanos = now;
        if (now - latenciesUntilNanos >= 0) {
            latenciesUntilNanos = now + Latencies.EVER_NANOS;
            for (int i = 0; i < seats.size(); i++) {
                latency(i, now);
            }
        }
    }

    void picked(int stack) {
        previous = stack;
    }

    /** Takes over what happened to a stack. */
    void update(Seat seat) {
        int at = seat.place();
        if (at == Seat.NOWHERE) {
            return;
        }
        roomBytes[at] = seat.roomBytes();
        inFlight[at] = seat.inFlight.size();
        Exchange oldest = seat.inFlight.first();
        oldestSentNanos[at] = oldest == null ? 0 : oldest.sentNanos;
        answeredNanos[at] = seat.latencies.lastNanos();
        isKnown[at] = seat.latencies.isKnown();
        latency(at, seat.heardNanos());
        errorShare[at] = seat.errors.share();
        errorNanos[at] = seat.errors.sinceNanos();
        StackCondition condition = seat.condition();
        weight[at] = condition.weight();
        load[at] = inFlight[at] / weight[at];
        expected[at] = condition.expectedInFlight();
        headroom[at] = condition.headroom();
    }

    private void latency(int at, long now) {
        Latencies latencies = seats.get(at).latencies;
        int nearest = latencies.nearest(inFlight[at], now);
        latencyNanos[at] = latencies.median(nearest);
        long until = latencies.untilNanos(nearest, now);
        if (until - latenciesUntilNanos < 0) {
            latenciesUntilNanos = until;
        }
    }

    private void grow(int length) {
        roomBytes = Arrays.copyOf(roomBytes, length);
        inFlight = Arrays.copyOf(inFlight, length);
        oldestSentNanos = Arrays.copyOf(oldestSentNanos, length);
        isKnown = Arrays.copyOf(isKnown, length);
        latencyNanos = Arrays.copyOf(latencyNanos, length);
        answeredNanos = Arrays.copyOf(answeredNanos, length);
        errorShare = Arrays.copyOf(errorShare, length);
        errorNanos = Arrays.copyOf(errorNanos, length);
        weight = Arrays.copyOf(weight, length);
        load = Arrays.copyOf(load, length);
        expected = Arrays.copyOf(expected, length);
        headroom = Arrays.copyOf(headroom, length);
    }

    @Override
    public int size() {
        return seats.size();
    }

    @Override
    public boolean takes(int stack) {
        return bytes <= roomBytes[stack] && stack != avoided;
    }

    @Override
    public int inFlight(int stack) {
        return inFlight[stack];
    }

    @Override
    public double weight(int stack) {
        return weight[stack];
    }

    @Override
    public double load(int stack) {
        return load[stack];
    }

    @Override
    public double expectedInFlight(int stack) {
        return expected[stack];
    }

    @Override
    public long latencyNanos(int stack) {
        return latencyNanos[stack];
    }

    @Override
    public long ageNanos(int stack) {
        return isKnown[stack] ? nowNanos - answeredNanos[stack] : Long.MAX_VALUE;
    }

    @Override
    public long oldestNanos(int stack) {
        return (nowNanos - oldestSentNanos[stack]) & (-inFlight[stack] >> 31);
    }

    @Override
    public double errorShare(int stack) {
        double share = errorShare[stack];
        return share == 0 ? 0 : Errors.faded(share, nowNanos - errorNanos[stack]);
    }

    @Override
    public double headroom(int stack) {
        return headroom[stack];
    }

    @Override
    public int previous() {
        return previous;
    }
}
