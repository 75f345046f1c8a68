package io.foreshard.examples.shardpolicy;

import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;

/**
 * Small shards for messages whose deadline is near, another policy for all others.
 *
 * <p>Near means: so few round trips are left that a lost shard can be repeated once or twice at most. A small shard is repeated
 * sooner on a slow link and holds up less behind it. It helps where serialisation takes long, say 20 kB/s; on a fast path small
 * shards only cost headers and are more ways to lose a message. Immutable and safe for use by several threads.
 */
public final class DeadlineShardPolicy implements ShardPolicy {

    /** Default number of round trips below which a deadline is near. */
    public static final int DEFAULT_NEAR_ROUND_TRIPS = 4;

    /** Default size of the shards of an urgent message, in bytes. */
    public static final int DEFAULT_URGENT_SHARD_BYTES = 400;

    private final int nearRoundTrips;
    private final int urgentShardBytes;
    private final ShardPolicy otherwise;

    private DeadlineShardPolicy(Builder builder) {
        this.nearRoundTrips = builder.nearRoundTrips;
        this.urgentShardBytes = builder.urgentShardBytes;
        this.otherwise = builder.otherwise;
    }

    /** Returns a builder with the documented defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ShardPlan plan(ShardRequest request) {
        return isNear(request) ? urgent(request) : otherwise.plan(request);
    }

    /** Without a deadline, or with a round-trip time that is not known, nothing is near. */
    private boolean isNear(ShardRequest request) {
        boolean comparable = request.deadlineLeftNanos() != Long.MAX_VALUE
                && request.outlook().latencyNanos() > 0;
        return comparable && roundTripsLeft(request) < nearRoundTrips;
    }

    private static double roundTripsLeft(ShardRequest request) {
        return (double) request.deadlineLeftNanos() / request.outlook().latencyNanos();
    }

    private ShardPlan urgent(ShardRequest request) {
        int shardBytes = Math.min(urgentShardBytes, request.payloadCapacityBytes());
        return ShardPlan.of(
                request.messageBytes(),
                shardBytes,
                true,
                ShardPlan.Cause.CUSTOM,
                nearRoundTrips,
                roundTripsLeft(request));
    }

    /** Collects the configuration of a {@link DeadlineShardPolicy}. Not safe for use by several threads. */
    public static final class Builder {

        private int nearRoundTrips = DEFAULT_NEAR_ROUND_TRIPS;
        private int urgentShardBytes = DEFAULT_URGENT_SHARD_BYTES;
        private ShardPolicy otherwise = FixedShardPolicy.pathSized();

        private Builder() {}

        /**
         * Sets how many round trips must be left for a deadline not to be near.
         *
         * @param roundTrips {@code > 0}
         * @return this
         */
        public Builder nearRoundTrips(int roundTrips) {
            this.nearRoundTrips = roundTrips;
            return this;
        }

        /**
         * Sets the size of the shards of an urgent message.
         *
         * @param bytes {@value WireFormat#MIN_SHARD_BYTES}…{@value WireFormat#MAX_SHARD_BYTES}
         * @return this
         */
        public Builder urgentShardBytes(int bytes) {
            this.urgentShardBytes = bytes;
            return this;
        }

        /**
         * Sets the policy of all other messages.
         *
         * @param policy safe for use by several threads
         * @return this
         */
        public Builder otherwise(ShardPolicy policy) {
            this.otherwise = policy;
            return this;
        }

        /**
         * Checks the configuration and makes the policy.
         *
         * @throws IllegalArgumentException as {@code name: value (expected: …)}
         */
        public DeadlineShardPolicy build() {
            if (nearRoundTrips <= 0) {
                throw new IllegalArgumentException("nearRoundTrips: " + nearRoundTrips + " (expected: > 0)");
            }
            if (urgentShardBytes < WireFormat.MIN_SHARD_BYTES || urgentShardBytes > WireFormat.MAX_SHARD_BYTES) {
                throw new IllegalArgumentException("urgentShardBytes: " + urgentShardBytes + " (expected: "
                        + WireFormat.MIN_SHARD_BYTES + "…" + WireFormat.MAX_SHARD_BYTES + ")");
            }
            return new DeadlineShardPolicy(this);
        }
    }
}
