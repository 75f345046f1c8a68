package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.PlacedShard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Which nodes shards have left lately, so that they do not return at once. Forgets after a while. */
final class MoveMemory {

    private final long memoryNanos;
    private final Deque<Departure> departures = new ArrayDeque<>();
    private final Map<Left, Long> left = new HashMap<>();

    MoveMemory(long memoryNanos) {
        this.memoryNanos = memoryNanos;
    }

    void forgetUntil(long nowNanos) {
        while (!departures.isEmpty() && nowNanos - departures.peek().nanos >= memoryNanos) {
            Departure oldest = departures.remove();
            // Whoever was brought back and left again has left later.
            left.remove(oldest.left, oldest.nanos);
        }
    }

    void add(Move move, long nowNanos) {
        Left departed = new Left(move.session(), move.shard(), move.from().id());
        left.put(departed, nowNanos);
        departures.add(new Departure(departed, nowNanos));
    }

    boolean hasLeft(PlacedShard shard, String nodeId) {
        return left.containsKey(new Left(shard.session(), shard.shard(), nodeId));
    }

    private record Left(long session, int shard, String nodeId) {}

    private record Departure(Left left, long nanos) {}
}
