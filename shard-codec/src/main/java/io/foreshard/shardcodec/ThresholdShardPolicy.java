package io.foreshard.shardcodec;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.runtime.Checks;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;

/**
 * The rule of the original specification, literally:
 *
 * <pre>
 * congestion level &gt; high    → size = min(default size, predicted bottleneck capacity / 2), aggressive
 * congestion level &gt; medium  → size = default size
 * otherwise                  → one piece
 * count = ceil(length / size)
 * </pre>
 *
 * <p>Capacity is what the bottleneck passes in one planning interval, {@link PathOutlook#capacityBytes()}; while it is not known
 * the default size stands. The congestion level is defined at {@link PathOutlook}. Over a stream sizes are taken as they are; over
 * datagrams the engine clamps them to the path, so that "one piece" becomes as few datagrams as the path allows.
 *
 * <p>More shards are more ways to lose a message: this rule helps a stream carrier, where a smaller frame lets urgent ones pass
 * earlier; over datagrams at the default path MTU it differs from {@link FixedShardPolicy} only when the capacity of an interval is
 * below two datagrams. Immutable and safe for use by several threads.
 */
public final class ThresholdShardPolicy implements ShardPolicy {

    /** Default size preset for small shards, 1 KB. */
    public static final int SMALL_SHARD_BYTES = 1_000;

    /** Default size preset for medium shards, 5 KB; the default. */
    public static final int MEDIUM_SHARD_BYTES = 5_000;

    /** Default size preset for large shards, 10 KB. */
    public static final int LARGE_SHARD_BYTES = 10_000;

    /** Default high threshold. */
    public static final double DEFAULT_HIGH_THRESHOLD = 0.7;

    /** Default medium threshold. */
    public static final double DEFAULT_MEDIUM_THRESHOLD = 0.3;

    private final int defaultShardBytes;
    private final double highThreshold;
    private final double mediumThreshold;
    private final long minCapacityBytes;

    private ThresholdShardPolicy(Builder builder) {
        this.defaultShardBytes = builder.defaultShardBytes;
        this.highThreshold = builder.highThreshold;
        this.mediumThreshold = builder.mediumThreshold;
        this.minCapacityBytes = builder.minCapacityBytes;
    }

    /** Returns a builder with the documented defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ShardPlan plan(ShardRequest request) {
        double level = request.outlook().congestionLevel();
        int length = request.messageBytes();
        if (level > highThreshold) {
            return ShardPlan.of(
                    length,
                    congestedSize(request.outlook()),
                    true,
                    ShardPlan.Cause.HIGH_CONGESTION,
                    highThreshold,
                    level);
        }
        if (level > mediumThreshold) {
            return ShardPlan.of(
                    length, defaultShardBytes, false, ShardPlan.Cause.MEDIUM_CONGESTION, mediumThreshold, level);
        }
        return ShardPlan.of(length, length, false, ShardPlan.Cause.LOW_CONGESTION, mediumThreshold, level);
    }

    private int congestedSize(PathOutlook outlook) {
        if (!outlook.isKnown()) {
            return defaultShardBytes;
        }
        long half = Math.max(outlook.capacityBytes(), minCapacityBytes) / 2;
        return (int) Math.max(1, Math.min(defaultShardBytes, half));
    }

    /** Collects the configuration of a {@link ThresholdShardPolicy}. Not safe for use by several threads. */
    public static final class Builder {

        private int defaultShardBytes = MEDIUM_SHARD_BYTES;
        private double highThreshold = DEFAULT_HIGH_THRESHOLD;
        private double mediumThreshold = DEFAULT_MEDIUM_THRESHOLD;
        private long minCapacityBytes;

        private Builder() {}

        /**
         * Sets the shard granularity; it must be below the capacity set with {@link #minCapacityBytes(long)}.
         *
         * @param bytes one of the presets, or any size of {@value WireFormat#MIN_SHARD_BYTES}…{@value WireFormat#MAX_SHARD_BYTES}
         * @return this
         */
        public Builder defaultShardBytes(int bytes) {
            this.defaultShardBytes = bytes;
            return this;
        }

        /**
         * Sets the congestion levels above which messages are split.
         *
         * @param medium 0…1, below {@code high}
         * @param high above 0, up to 1
         * @return this
         */
        public Builder thresholds(double medium, double high) {
            this.mediumThreshold = medium;
            this.highThreshold = high;
            return this;
        }

        /**
         * Sets the least that the bottleneck is known to pass in one planning interval, a floor under what is forecast.
         *
         * @param bytes above the shard granularity; 0, the default, for no floor
         * @return this
         */
        public Builder minCapacityBytes(long bytes) {
            this.minCapacityBytes = bytes;
            return this;
        }

        /**
         * Checks the configuration and makes the policy.
         *
         * @throws IllegalArgumentException as {@code name: value (expected: …)}
         */
        public ThresholdShardPolicy build() {
            Checks.inRange(
                    "defaultShardBytes", defaultShardBytes, WireFormat.MIN_SHARD_BYTES, WireFormat.MAX_SHARD_BYTES);
            Checks.require(highThreshold > 0 && highThreshold <= 1, "highThreshold", highThreshold, "above 0, up to 1");
            Checks.require(
                    mediumThreshold >= 0 && mediumThreshold < highThreshold,
                    "mediumThreshold",
                    mediumThreshold,
                    "0 or above, below highThreshold " + highThreshold);
            Checks.require(
                    minCapacityBytes == 0 || minCapacityBytes > defaultShardBytes,
                    "minCapacityBytes",
                    minCapacityBytes,
                    "0, or above defaultShardBytes " + defaultShardBytes);
            return new ThresholdShardPolicy(this);
        }
    }
}
