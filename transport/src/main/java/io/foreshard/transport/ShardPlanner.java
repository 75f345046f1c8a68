package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the policy for a plan and makes it fit the wire: shards no larger than the path carries, no smaller than a block allows. Asks
 * again at a block border when the outlook has changed, so a plan follows the outlook inside a long message. Confined to one event
 * loop.
 */
final class ShardPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(ShardPlanner.class);

    /** What fits a block also in the smallest shards to which a path can fall. */
    private static final int FITS_ONE_BLOCK_BYTES =
            WireFormat.MAX_SHARDS_PER_BLOCK * (WireFormat.MIN_PATH_MTU_BYTES - WireFormat.SHARD_OVERHEAD_BYTES);

    private final ShardPolicy policy;
    private final ShardPolicy reactive;
    private final ReasonCounters<TransportReason> counters;
    private final PlanListener listener;
    /** Asked whether plans are recorded; never recorded itself, so that nothing is made when they are not. */
    private final ShardPlanEvent probe = new ShardPlanEvent();

    private boolean failureLogged;

    ShardPlanner(ShardPolicy policy, PlanListener listener, ReasonCounters<TransportReason> counters) {
        this.policy = policy;
        this.reactive = policy.reactive();
        this.listener = listener;
        this.counters = counters;
    }

    /** Plans a message that is about to start; returns the block exponent. */
    int plan(OutboundMessage message, Path path, long nowNanos) {
        decide(message, path, nowNanos);
        int exponent = BlockGeometry.exponentFor(message.plannedShardBytes, WireFormat.DEFAULT_BLOCK_EXPONENT);
        if (endsInABlockOfOneShard(message, exponent)) {
            exponent++;
        }
        while (BlockGeometry.blockCount(message.total, exponent) > WireFormat.MAX_BLOCKS) {
            exponent++;
        }
        return exponent;
    }

    /** A message of 64 KiB has a trailer too: a block of its own for that is one more packet to lose. */
    private static boolean endsInABlockOfOneShard(OutboundMessage message, int exponent) {
        return exponent == WireFormat.DEFAULT_BLOCK_EXPONENT
                && BlockGeometry.blockCount(message.total, exponent) == 2
                && message.total <= FITS_ONE_BLOCK_BYTES
                && BlockGeometry.blockLength(message.total, exponent, 1) <= message.plannedShardBytes;
    }

    /** Makes the next block of a started message. */
    OutboundBlock nextBlock(OutboundMessage message, int number, Path path, long nowNanos) {
        if (message.plannedAtNanos != path.outlook().madeAtNanos()) {
            decide(message, path, nowNanos);
        }
        return new OutboundBlock(message, number, shardBytes(message, path), message.plannedAggressive);
    }

    /** Returns the most that a started message leaves at: by the newest outlook, as one of an outage must not outlast it. */
    long pace(OutboundMessage message, Path path, long nowNanos) {
        boolean isPaced = message.plannedPaceBytesPerSecond != ShardPlan.UNPACED;
        if (isPaced && message.plannedAtNanos != path.outlook().madeAtNanos()) {
            decide(message, path, nowNanos);
        }
        return message.plannedPaceBytesPerSecond;
    }

    /** Starts a new generation of a block; returns false when it has used them up. */
    boolean renew(OutboundBlock block, Path path, long nowNanos) {
        decide(block.message, path, nowNanos);
        return block.renew(shardBytes(block.message, path), block.message.plannedAggressive);
    }

    private static int shardBytes(OutboundMessage message, Path path) {
        int least = ((1 << message.exponent) + WireFormat.MAX_SHARDS_PER_BLOCK - 1) / WireFormat.MAX_SHARDS_PER_BLOCK;
        return Math.min(Math.max(message.plannedShardBytes, least), capacity(path));
    }

    private static int capacity(Path path) {
        return Math.min(path.payloadCapacityBytes(), WireFormat.MAX_SHARD_BYTES);
    }

    private void decide(OutboundMessage message, Path path, long nowNanos) {
        PathOutlook outlook = path.outlook();
        int capacity = capacity(path);
        message.plannedAtNanos = outlook.madeAtNanos();
        try {
            long left = message.deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : message.deadlineNanos - nowNanos;
            boolean predictive = path.forward.isActive();
            ShardPlan plan = (predictive ? policy : reactive)
                    .plan(new ShardRequest(
                            message.contentLength(),
                            path.carrier,
                            capacity,
                            message.options.contract(),
                            left,
                            outlook));
            if (path.carrier == Carrier.DATAGRAM) {
                plan = plan.clampedTo(message.contentLength(), capacity);
            }
            message.plannedShardBytes = wireShardBytes(message, plan);
            message.plannedAggressive = plan.aggressive();
            message.plannedTailCopies = plan.tailCopies();
            message.plannedPaceBytesPerSecond = plan.paceBytesPerSecond();
            if (probe.isEnabled()) {
                ShardPlanEvent.emit(path.forward.gate().subject(), message.contentLength(), plan, predictive, outlook);
            }
            listener.onPlan(plan, outlook);
        } catch (RuntimeException fault) {
            useFallback(message, capacity, fault);
        }
    }

    /** The trailer must not cost a shard of its own: "one piece" stays one. */
    private static int wireShardBytes(OutboundMessage message, ShardPlan plan) {
        int withTrailer = (int) ((message.total + plan.shardCount() - 1) / plan.shardCount());
        int wished = Math.max(plan.shardBytes(), Math.min(withTrailer, WireFormat.MAX_SHARD_BYTES));
        return Math.max(WireFormat.MIN_SHARD_BYTES, Math.min(wished, WireFormat.MAX_SHARD_BYTES));
    }

    private void useFallback(OutboundMessage message, int capacity, RuntimeException fault) {
        counters.count(TransportReason.POLICY_FAILED);
        if (!failureLogged) {
            failureLogged = true;
            LOG.warn("The sharding policy failed; shards of the path's size are sent instead (logged once)", fault);
        }
        message.plannedShardBytes = capacity;
        message.plannedAggressive = false;
        message.plannedTailCopies = 0;
        message.plannedPaceBytesPerSecond = ShardPlan.UNPACED;
    }
}
