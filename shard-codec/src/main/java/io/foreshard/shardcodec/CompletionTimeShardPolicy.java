package io.foreshard.shardcodec;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.runtime.Checks;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;

/**
 * Plans for the least expected completion time over shard size, copies of the tail and pace, from what is forecast of the path; with a
 * deadline, for the least chance of missing it.
 *
 * <p>The model: a message of n shards takes
 *
 * <pre>
 * T = latency / 2 + n · packet / pace + copies · packet / pace + E[repairs]
 * </pre>
 *
 * <ul>
 *   <li><em>Size.</em> Loss strikes packets, not bytes, so over datagrams the fewest packets win, and shards fill the path's. Over a
 *       stream a frame holds up what is behind it, so frames take no longer than {@value #FRAME_MILLIS} ms of the forecast capacity.
 *   <li><em>Copies.</em> A lost shard is noticed when later packets arrive; the last ones have none, and their loss costs a probe time-out
 *       more. With loss ratio p a copy saves {@code p (1 - p)} of that and costs the time of one packet, for those behind it too; where that
 *       pays, as many shards leave twice as packets must follow until a loss is noticed. Where a deadline leaves no time for a repair
 *       they do in any case.
 *   <li><em>Pace.</em> Unpaced unless the capacity is forecast to shrink: then no faster than it is in nine of ten futures, because what
 *       a queue drops costs a round trip and what waits here costs nothing.
 * </ul>
 *
 * <p>Without a known outlook it plans like {@link FixedShardPolicy#pathSized()}, which is also its {@link #reactive()} twin. Immutable and
 * safe for use by several threads.
 */
public final class CompletionTimeShardPolicy implements ShardPolicy {

    private static final int FRAME_MILLIS = 5;
    private static final int LEAST_FRAME_BYTES = 4_096;
    /** What a copy costs others, as a share of the time that it takes: they wait for it too. */
    private static final double COPY_WEIGHT = 2;

    private static final double NOTABLE_SHRINKING = 0.3;
    private static final double MAX_COPY_SHARE = 0.1;

    private final ShardPolicy reactive = FixedShardPolicy.pathSized();
    private final int maxTailCopies;

    private CompletionTimeShardPolicy(int maxTailCopies) {
        this.maxTailCopies = maxTailCopies;
    }

    /** Returns the policy with its default bound of 3 copies. */
    public static CompletionTimeShardPolicy standard() {
        return withMaxTailCopies(3);
    }

    /**
     * Returns the policy with another bound.
     *
     * @param copies most shards of a message that leave twice, 0…64; never more than a tenth of them, but for a single one
     * @throws IllegalArgumentException if out of range
     */
    public static CompletionTimeShardPolicy withMaxTailCopies(int copies) {
        return new CompletionTimeShardPolicy(Checks.inRange("maxTailCopies", copies, 0, 64));
    }

    @Override
    public ShardPolicy reactive() {
        return reactive;
    }

    @Override
    public ShardPlan plan(ShardRequest request) {
        PathOutlook outlook = request.outlook();
        if (!outlook.isKnown()) {
            return reactive.plan(request);
        }
        int size = Math.min(shardBytes(request), request.payloadCapacityBytes());
        ShardPlan plan = ShardPlan.of(
                request.messageBytes(),
                size,
                false,
                ShardPlan.Cause.COMPLETION_TIME,
                Double.NaN,
                outlook.congestionLevel());
        return plan.withTailCopies(tailCopies(request, plan)).withPace(pace(outlook));
    }

    private static int shardBytes(ShardRequest request) {
        if (request.carrier() == Carrier.DATAGRAM) {
            return request.payloadCapacityBytes();
        }
        double bytes = request.outlook().bandwidthBytesPerSecond() * FRAME_MILLIS / 1e3;
        return (int) Math.max(LEAST_FRAME_BYTES, Math.min(bytes, WireFormat.MAX_SHARD_BYTES));
    }

    private int tailCopies(ShardRequest request, ShardPlan plan) {
        PathOutlook outlook = request.outlook();
        double loss = outlook.lossRatio();
        if (request.carrier() == Carrier.STREAM || loss <= 0) {
            return 0;
        }
        int most = Math.min(maxTailCopies, Math.max(1, (int) (MAX_COPY_SHARE * plan.shardCount())));
        double packetNanos =
                (plan.shardBytes() + WireFormat.SHARD_OVERHEAD_BYTES) * 1e9 / outlook.bandwidthBytesPerSecond();
        boolean tooLateToRepair = request.deadlineLeftNanos() / 2 < outlook.latencyNanos();
        double savedNanos = loss * (1 - loss) * outlook.latencyNanos();
        boolean pays = tooLateToRepair || savedNanos > COPY_WEIGHT * packetNanos;
        return pays ? most : 0;
    }

    private static long pace(PathOutlook outlook) {
        double low = outlook.bandwidthLowBytesPerSecond();
        boolean shrinks = low > 0 && low < (1 - NOTABLE_SHRINKING) * outlook.bandwidthBytesPerSecond();
        double high = Math.max(outlook.bandwidthBytesPerSecond(), outlook.bandwidthHighBytesPerSecond());
        return shrinks ? Math.max(1, (long) high) : ShardPlan.UNPACED;
    }
}
