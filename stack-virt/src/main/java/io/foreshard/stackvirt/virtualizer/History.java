package io.foreshard.stackvirt.virtualizer;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.mux.TrafficListener;
import io.foreshard.stackvirt.traffic.KindTraffic;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** Lets messages of earlier times be seen as if they came now, second by second up to the present. One use. */
final class History {

    private static final long LONGEST_MILLIS = 400L * 24 * 3600 * 1000;

    private final TrafficListener traffic;
    private final LongConsumer second;
    private final long nowMillis;
    private final long nowNanos;
    private final PriorityQueue<PastMessage> underWay =
            new PriorityQueue<>(Comparator.comparingLong(PastMessage::untilMillis));
    private long doneMillis = Long.MIN_VALUE;

    /**
     * Makes one that has told nothing.
     *
     * @param traffic told of the messages
     * @param second told of the end of each second, in milliseconds since 1970
     * @param nowMillis the present
     * @param nowNanos the same, on the clock by which the messages are told
     */
    History(TrafficListener traffic, LongConsumer second, long nowMillis, long nowNanos) {
        this.traffic = traffic;
        this.second = second;
        this.nowMillis = nowMillis;
        this.nowNanos = nowNanos;
    }

    /** Tells them all; those that are not over at present are taken to end now. */
    void tell(Iterable<PastMessage> messages) {
        for (PastMessage message : messages) {
            long from = message.fromMillis();
            Checks.require(from <= nowMillis, "history", message, "before " + nowMillis);
            if (doneMillis == Long.MIN_VALUE) {
                Checks.require(nowMillis - from <= LONGEST_MILLIS, "history", message, "at most 400 days ago");
                doneMillis = from;
            }
            Checks.require(from >= doneMillis, "history", message, "not before the one in front of it");
            advance(from);
            traffic.onMessage(
                    message.protocol(), message.source(), message.destination(), message.bytes(), nanos(from));
            underWay.add(message);
        }
        if (doneMillis != Long.MIN_VALUE) {
            advance(nowMillis);
            underWay.forEach(message -> end(message, nowMillis));
        }
    }

    private void advance(long toMillis) {
        while (doneMillis < toMillis) {
            long tick = (Math.floorDiv(doneMillis, KindTraffic.SLOT_MILLIS) + 1) * KindTraffic.SLOT_MILLIS;
            long next = Math.min(tick, toMillis);
            endUntil(next);
            doneMillis = next;
            if (next == tick) {
                second.accept(tick);
            }
        }
    }

    private void endUntil(long millis) {
        for (PastMessage first = underWay.peek();
                first != null && first.untilMillis() <= millis;
                first = underWay.peek()) {
            underWay.remove();
            end(first, first.untilMillis());
        }
    }

    private void end(PastMessage message, long atMillis) {
        traffic.onResult(message.protocol(), message.source(), message.destination(), message.bytes(), nanos(atMillis));
    }

    private long nanos(long millis) {
        return nowNanos + (millis - nowMillis) * 1_000_000;
    }
}
