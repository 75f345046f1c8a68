package io.foreshard.shardcodec.spi;

import io.foreshard.runtime.Checks;

/**
 * How a message is split, and why.
 *
 * @param shardBytes payload of every shard but the last, {@code > 0}, as decided; the carrier's limit is applied by
 *     {@link #clampedTo}
 * @param shardCount {@code ceil(message / shardBytes)}
 * @param aggressive whether the plan expects congestion: shards then leave in shorter bursts and ask for early feedback
 * @param tailCopies how many of the last shards leave a second time before anybody asks, 0…{@code shardCount}: the end of a message
 *     has no later shards that would tell of its loss
 * @param paceBytesPerSecond the most at which the message leaves until the next outlook, when the policy is asked again;
 *     {@link #UNPACED} leaves that to the rate controller alone
 * @param cause the rule that decided
 * @param threshold the number that the rule compared with, or {@link Double#NaN}
 * @param observed the number that was compared, or {@link Double#NaN}
 */
public record ShardPlan(
        int shardBytes,
        int shardCount,
        boolean aggressive,
        int tailCopies,
        long paceBytesPerSecond,
        Cause cause,
        double threshold,
        double observed) {

    /** The pace of a plan that sets none. */
    public static final long UNPACED = Long.MAX_VALUE;

    /** Which rule decided on a plan. */
    public enum Cause {
        /** The size is configured. */
        FIXED,
        /** Congestion above the high threshold: the default size or half of the bottleneck's capacity, whichever is less. */
        HIGH_CONGESTION,
        /** Congestion above the medium threshold: the default size. */
        MEDIUM_CONGESTION,
        /** No congestion expected: one piece. */
        LOW_CONGESTION,
        /** The least expected completion time, or the least chance of missing the deadline. */
        COMPLETION_TIME,
        /** A rule of the application's own. */
        CUSTOM
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public ShardPlan {
        Checks.positive("shardBytes", shardBytes);
        Checks.positive("shardCount", shardCount);
        Checks.inRange("tailCopies", tailCopies, 0, shardCount);
        Checks.positive("paceBytesPerSecond", paceBytesPerSecond);
    }

    /**
     * Returns a plan with the count that follows from message and shard size, without copies, as fast as the rate controller lets it.
     *
     * @param messageBytes length of the message, {@code > 0}
     * @param shardBytes payload of every shard but the last, {@code > 0}
     * @param aggressive whether congestion is expected
     * @param cause the rule that decided
     * @param threshold what the rule compared with, or {@link Double#NaN}
     * @param observed what was compared, or {@link Double#NaN}
     */
    public static ShardPlan of(
            int messageBytes, int shardBytes, boolean aggressive, Cause cause, double threshold, double observed) {
        int divisor = Checks.positive("shardBytes", shardBytes);
        int count = (int) (((long) messageBytes + divisor - 1) / divisor);
        return new ShardPlan(shardBytes, count, aggressive, 0, UNPACED, cause, threshold, observed);
    }

    /**
     * Returns this plan with copies of its last shards.
     *
     * @param copies 0…{@code shardCount}
     */
    public ShardPlan withTailCopies(int copies) {
        return new ShardPlan(
                shardBytes, shardCount, aggressive, copies, paceBytesPerSecond, cause, threshold, observed);
    }

    /**
     * Returns this plan at a pace.
     *
     * @param bytesPerSecond the most, {@code > 0}, or {@link #UNPACED}
     */
    public ShardPlan withPace(long bytesPerSecond) {
        return new ShardPlan(
                shardBytes, shardCount, aggressive, tailCopies, bytesPerSecond, cause, threshold, observed);
    }

    /**
     * Returns this plan with shards no larger than a packet carries.
     *
     * @param messageBytes length of the message, {@code > 0}
     * @param payloadCapacityBytes most payload that a packet carries, {@code > 0}
     */
    public ShardPlan clampedTo(int messageBytes, int payloadCapacityBytes) {
        return shardBytes <= payloadCapacityBytes
                ? this
                : of(messageBytes, payloadCapacityBytes, aggressive, cause, threshold, observed)
                        .withTailCopies(tailCopies)
                        .withPace(paceBytesPerSecond);
    }

    /** Returns the plan and its reason in one sentence. */
    public String explain() {
        StringBuilder text = new StringBuilder(96);
        text.append(shardCount).append(" x ").append(shardBytes).append(" B, ").append(cause);
        if (!Double.isNaN(observed)) {
            text.append(cause == Cause.CUSTOM ? ": observed " : ": congestion ")
                    .append(observed)
                    .append(", threshold ")
                    .append(threshold);
        }
        if (tailCopies > 0) {
            text.append(", last ").append(tailCopies).append(" twice");
        }
        if (paceBytesPerSecond != UNPACED) {
            text.append(", at most ").append(paceBytesPerSecond).append(" B/s");
        }
        return text.append(aggressive ? ", aggressive" : "").toString();
    }
}
