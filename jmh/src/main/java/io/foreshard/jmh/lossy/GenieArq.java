package io.foreshard.jmh.lossy;

import io.foreshard.shardcodec.WireFormat;
import io.foreshard.simulator.link.ImpairedLink;
import io.foreshard.simulator.link.LinkDecision;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * An automatic repeat request that nobody can build: it knows the link's capacity and sends at exactly that rate, learns of each lost
 * packet exactly one base round trip after the packet left (no acknowledgement delay, no tolerance for reordering, no lost
 * acknowledgement), and repairs at once, before anything new. Its packets have our size and headers, its link is the simulator's own
 * with the same impairment and seed. It sends nothing twice that was not lost, so something that does can be faster.
 */
final class GenieArq {

    private static final int PAYLOAD_BYTES = WireFormat.DEFAULT_PATH_MTU_BYTES - WireFormat.SHARD_OVERHEAD_BYTES;
    private static final int TOTAL_BYTES = Arrivals.MESSAGE_BYTES + WireFormat.MESSAGE_TRAILER_BYTES;
    private static final int PACKETS = (TOTAL_BYTES + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES;

    private final Arrivals arrivals;
    private final Condition condition;
    private final ImpairedLink link;
    private final Queue<Lost> lost = new ArrayDeque<>();
    private final long[] completedAtNanos;
    private long nowNanos;
    private int message;
    private int packet;

    private record Lost(long knownAtNanos, int message, int packet) {}

    private GenieArq(Arrivals arrivals, Condition condition, long linkSeed) {
        this.arrivals = arrivals;
        this.condition = condition;
        this.link = new ImpairedLink(condition.impairment(), linkSeed, 0);
        this.completedAtNanos = new long[arrivals.count()];
    }

    /** Returns when each message is whole at the receiver. */
    static long[] run(Arrivals arrivals, Condition condition, long linkSeed) {
        GenieArq genie = new GenieArq(arrivals, condition, linkSeed);
        while (genie.step()) {}
        return genie.completedAtNanos;
    }

    /** Sends the next packet; losses are known in the order in which packets left, for all wait one round trip. */
    private boolean step() {
        long repairNanos = lost.isEmpty() ? Long.MAX_VALUE : lost.element().knownAtNanos;
        long freshNanos = message < arrivals.count() ? arrivals.atNanos(message) : Long.MAX_VALUE;
        long at = Math.max(nowNanos, Math.min(repairNanos, freshNanos));
        if (at == Long.MAX_VALUE) {
            return false;
        }
        nowNanos = at;
        if (repairNanos <= at) {
            Lost repair = lost.remove();
            send(repair.message, repair.packet);
        } else {
            send(message, packet);
            advance();
        }
        return true;
    }

    private void advance() {
        packet++;
        if (packet == PACKETS) {
            packet = 0;
            message++;
        }
    }

    private void send(int ofMessage, int number) {
        int payload = Math.min(PAYLOAD_BYTES, TOTAL_BYTES - number * PAYLOAD_BYTES);
        int length = WireFormat.SHARD_OVERHEAD_BYTES + payload;
        if (link.offer(nowNanos, length) instanceof LinkDecision.Deliver delivered) {
            completedAtNanos[ofMessage] = Math.max(completedAtNanos[ofMessage], delivered.deliverNanos());
        } else {
            lost.add(new Lost(nowNanos + condition.rttNanos(), ofMessage, number));
        }
        nowNanos += (long) (length * 1e9 / Condition.LINK_BYTES_PER_SECOND);
    }
}
