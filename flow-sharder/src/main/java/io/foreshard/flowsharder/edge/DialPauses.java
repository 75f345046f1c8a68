package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.spi.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When a node may be dialled again: later each time that it fails, whoever wants a leg over it and why, and not by how many legs failed at
 * once. Only a leg that lived for a while makes good, or else who accepts and dies at once would be dialled as fast as it dies. Times are
 * spread, so that not all come back together. Belongs to one event loop.
 */
final class DialPauses {

    private static final long FIRST_NANOS = 20_000_000L;
    private static final long MOST_NANOS = 1_000_000_000L;
    private static final long LIVED_NANOS = 1_000_000_000L;
    private static final long MEMORY_NANOS = 60_000_000_000L;
    private static final double STEADY_SHARE = 0.5;

    private final Map<String, Pause> pauses = new HashMap<>();
    private final RandomGenerator random;

    private static final class Pause {
        private long nanos = FIRST_NANOS;
        private long untilNanos;
    }

    DialPauses(RandomGenerator random) {
        this.random = random;
    }

    /** Returns how long to wait before a node is dialled, 0 if it may be at once. */
    long leftNanos(Node node, long nowNanos) {
        Pause pause = pauses.get(node.id());
        return pause == null ? 0 : Math.max(0, pause.untilNanos - nowNanos);
    }

    /** A node could not be dialled. */
    void failed(Node node, long nowNanos) {
        pauses.values().removeIf(pause -> nowNanos - pause.untilNanos > MEMORY_NANOS);
        Pause pause = pauses.computeIfAbsent(node.id(), missing -> {
            Pause first = new Pause();
            first.untilNanos = nowNanos;
            return first;
        });
        if (nowNanos - pause.untilNanos >= 0) {
            double share = STEADY_SHARE + (1 - STEADY_SHARE) * random.nextDouble();
            pause.untilNanos = nowNanos + (long) (share * pause.nanos);
            pause.nanos = Math.min(2 * pause.nanos, MOST_NANOS);
        }
    }

    /** A leg over a node is gone. */
    void ended(Node node, long livedNanos, long nowNanos) {
        if (livedNanos >= LIVED_NANOS) {
            pauses.remove(node.id());
        }
        failed(node, nowNanos);
    }
}
