package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardPolicyTest {

    private static final int CAPACITY = 1144;

    /** Level, capacity of one interval in bytes (0: not known), message, then the plan. Thresholds 0.3 and 0.7, default 5 000. */
    @ParameterizedTest
    @CsvSource({
        "0.0,        0, 100000, 100000,   1, false, LOW_CONGESTION",
        "0.3,        0, 100000, 100000,   1, false, LOW_CONGESTION",
        "0.30000001, 0, 100000,   5000,  20, false, MEDIUM_CONGESTION",
        "0.5,     4000, 100000,   5000,  20, false, MEDIUM_CONGESTION",
        "0.7,     4000, 100000,   5000,  20, false, MEDIUM_CONGESTION",
        "0.70000001, 4000, 100000, 2000, 50, true,  HIGH_CONGESTION",
        "0.9,     4000, 100001,   2000,  51, true,  HIGH_CONGESTION",
        "0.9,     9999, 100000,   4999,  21, true,  HIGH_CONGESTION",
        "0.9,    10000, 100000,   5000,  20, true,  HIGH_CONGESTION",
        "0.9,    90000, 100000,   5000,  20, true,  HIGH_CONGESTION",
        "0.9,        0, 100000,   5000,  20, true,  HIGH_CONGESTION",
        "1.0,        1,    100,      1, 100, true,  HIGH_CONGESTION",
        "1.0,     4000,      1,   2000,   1, true,  HIGH_CONGESTION",
        "0.5,        0,   4999,   5000,   1, false, MEDIUM_CONGESTION",
        "0.5,        0,   5000,   5000,   1, false, MEDIUM_CONGESTION",
        "0.5,        0,   5001,   5000,   2, false, MEDIUM_CONGESTION",
        "0.5, 0, 2147483643, 5000, 429497, false, MEDIUM_CONGESTION",
    })
    void theThresholdRuleIsTheSpecifiedOne(
            double level, long capacity, int message, int size, int count, boolean aggressive, ShardPlan.Cause cause) {
        ShardPlan plan = ThresholdShardPolicy.builder().build().plan(request(message, level, capacity));
        double threshold = cause == ShardPlan.Cause.HIGH_CONGESTION ? 0.7 : 0.3;
        assertEquals(new ShardPlan(size, count, aggressive, 0, ShardPlan.UNPACED, cause, threshold, level), plan);
    }

    @Test
    void aKnownFloorUnderTheCapacityKeepsShardsLarge() {
        ShardPolicy policy =
                ThresholdShardPolicy.builder().minCapacityBytes(6_000).build();
        assertEquals(3_000, policy.plan(request(100_000, 0.9, 10)).shardBytes());
        assertEquals(4_000, policy.plan(request(100_000, 0.9, 8_000)).shardBytes());
    }

    @Test
    void anInfiniteCapacityLeavesTheDefaultSize() {
        PathOutlook endless = new PathOutlook(0, Double.MAX_VALUE, 0, 0, 0, 0.9, Long.MAX_VALUE, 0, Double.NaN);
        ShardPlan plan = ThresholdShardPolicy.builder()
                .defaultShardBytes(ThresholdShardPolicy.LARGE_SHARD_BYTES)
                .build()
                .plan(request(50_000, endless));
        assertEquals(ThresholdShardPolicy.LARGE_SHARD_BYTES, plan.shardBytes());
    }

    @Test
    void aFixedPolicyFillsThePathOrKeepsItsSize() {
        assertEquals(CAPACITY, plan(FixedShardPolicy.pathSized(), 10_000).shardBytes());
        assertEquals(9, plan(FixedShardPolicy.pathSized(), 10_000).shardCount());
        assertEquals(100, plan(FixedShardPolicy.ofSize(100), 10_000).shardBytes());
        assertEquals(CAPACITY, plan(FixedShardPolicy.ofSize(5_000), 10_000).shardBytes());
    }

    private static ShardPlan plan(ShardPolicy policy, int message) {
        return policy.plan(request(message, PathOutlook.UNKNOWN));
    }

    @Test
    void aPlanIsClampedToThePathAndOtherwiseLeftAlone() {
        ShardPlan plan = plan(ThresholdShardPolicy.builder().build(), 10_000);
        assertEquals(1, plan.shardCount());
        ShardPlan clamped = plan.clampedTo(10_000, CAPACITY);
        assertEquals(CAPACITY, clamped.shardBytes());
        assertEquals(9, clamped.shardCount());
        assertEquals(plan.cause(), clamped.cause());
        assertSame(clamped, clamped.clampedTo(10_000, CAPACITY));
    }

    @Test
    void aPlanExplainsItself() {
        ShardPlan plan = ThresholdShardPolicy.builder().build().plan(request(100_000, 0.9, 4_000));
        assertEquals("50 x 2000 B, HIGH_CONGESTION: congestion 0.9, threshold 0.7, aggressive", plan.explain());
        assertTrue(plan(FixedShardPolicy.pathSized(), 10_000).explain().startsWith("9 x 1144 B, FIXED"));
    }

    @Test
    void wrongConfigurationSaysWhatToChange() {
        fails("shardBytes: 15 (expected: 16…32768)", () -> FixedShardPolicy.ofSize(15));
        fails("shardBytes: 32769 (expected: 16…32768)", () -> FixedShardPolicy.ofSize(32_769));
        fails(
                "defaultShardBytes: 0 (expected: 16…32768)",
                () -> threshold().defaultShardBytes(0).build());
        fails(
                "highThreshold: 1.1 (expected: above 0, up to 1)",
                () -> threshold().thresholds(0.3, 1.1).build());
        fails(
                "highThreshold: NaN (expected: above 0, up to 1)",
                () -> threshold().thresholds(0.3, Double.NaN).build());
        fails(
                "mediumThreshold: 0.7 (expected: 0 or above, below highThreshold 0.7)",
                () -> threshold().thresholds(0.7, 0.7).build());
        fails(
                "minCapacityBytes: 5000 (expected: 0, or above defaultShardBytes 5000)",
                () -> threshold().minCapacityBytes(5_000).build());
        fails("shardBytes: 0 (expected: > 0)", () -> ShardPlan.of(1, 0, false, ShardPlan.Cause.CUSTOM, 0, 0));
        fails("shardCount: 0 (expected: > 0)", () -> ShardPlan.of(0, 1, false, ShardPlan.Cause.CUSTOM, 0, 0));
        fails("messageBytes: 0 (expected: > 0)", () -> request(0, PathOutlook.UNKNOWN));
    }

    private static ThresholdShardPolicy.Builder threshold() {
        return ThresholdShardPolicy.builder();
    }

    private static void fails(String message, Executable body) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, body).getMessage());
    }

    private static ShardRequest request(int message, double level, long capacity) {
        double bytesPerSecond = capacity * 10.0;
        return request(
                message,
                new PathOutlook(
                        0,
                        bytesPerSecond,
                        bytesPerSecond,
                        bytesPerSecond,
                        0,
                        level,
                        PathOutlook.DEFAULT_PLANNING_INTERVAL_NANOS,
                        0,
                        Double.NaN));
    }

    private static ShardRequest request(int message, PathOutlook outlook) {
        return new ShardRequest(message, Carrier.DATAGRAM, CAPACITY, Contract.RELIABLE, Long.MAX_VALUE, outlook);
    }
}
