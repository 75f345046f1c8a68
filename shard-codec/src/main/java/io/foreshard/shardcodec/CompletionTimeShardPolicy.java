package io.foreshard.shardcodec;

import io.foreshard.coreapi.PathOutlook;
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
 *   <li><em>Copies.</em> The loss of a message's end is noticed later than that of its middle, as nothing follows it: its last shard leaves
 *       twice where that pays. With loss ratio p a copy saves {@code p (1 - p)} of a round trip and costs the time of one packet, for those
 *       behind it too. Above {@value #HIGH_LOSS_PERCENT} % loss only the shortest messages get one, as longer ones need the budget of
 *       copies for their repairs; and a deadline that leaves no time for a repair asks for one in any case.
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
    private static final int HIGH_LOSS_PERCENT = 5;
    private static final int SHORT_SHARDS = 2;

    private final ShardPolicy reactive = FixedShardPolicy.pathSized();

    private CompletionTimeShardPolicy() {}

    /** Returns the policy. */
    public static CompletionTimeShardPolicy standard() {
        return new CompletionTimeShardPolicy();
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

    private static int tailCopies(ShardRequest request, ShardPlan plan) {
        PathOutlook outlook = request.outlook();
        double loss = outlook.lossRatio();
        if (request.carrier() == Carrier.STREAM || loss <= 0) {
            return 0;
        }
        boolean tooLateToRepair = request.deadlineLeftNanos() / 2 < outlook.latencyNanos();
        boolean bearable = loss * 100 < HIGH_LOSS_PERCENT || plan.shardCount() <= SHORT_SHARDS;
        return tooLateToRepair || (bearable && pays(loss, plan, outlook)) ? 1 : 0;
    }

    private static boolean pays(double loss, ShardPlan plan, PathOutlook outlook) {
        double packetBytes = plan.shardBytes() + (double) WireFormat.SHARD_OVERHEAD_BYTES;
        double packetNanos = packetBytes * 1e9 / outlook.bandwidthBytesPerSecond();
        return loss * (1 - loss) * outlook.latencyNanos() > COPY_WEIGHT * packetNanos;
    }

    private static long pace(PathOutlook outlook) {
        double low = outlook.bandwidthLowBytesPerSecond();
        boolean shrinks = low > 0 && low < (1 - NOTABLE_SHRINKING) * outlook.bandwidthBytesPerSecond();
        double high = Math.max(outlook.bandwidthBytesPerSecond(), outlook.bandwidthHighBytesPerSecond());
        return shrinks ? Math.max(1, (long) high) : ShardPlan.UNPACED;
    }
}
