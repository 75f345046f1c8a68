package io.foreshard.examples.shardpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;
import io.foreshard.tck.ShardPolicyContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine relies on comes with the contract; what this policy promises beside that is tested here. */
class DeadlineShardPolicyTest implements ShardPolicyContract {

    private static final long RTT_NANOS = 50_000_000;

    @Override
    public ShardPolicy policy() {
        return DeadlineShardPolicy.builder()
                .otherwise(FixedShardPolicy.ofSize(1000))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 400",
        "0, 400",
        "199999999, 400",
        "200000000, 1000",
        "9223372036854775806, 1000",
        "9223372036854775807, 1000",
    })
    void cutsSmallWhenFewerThanFourRoundTripsAreLeft(long deadlineLeftNanos, int shardBytes) {
        assertEquals(
                shardBytes, policy().plan(request(deadlineLeftNanos, RTT_NANOS)).shardBytes());
    }

    @Test
    void asksTheOtherPolicyWhileTheRoundTripTimeIsNotKnown() {
        assertEquals(1000, policy().plan(request(1, 0)).shardBytes());
    }

    @Test
    void saysHowManyRoundTripsWereLeft() {
        ShardPlan plan = policy().plan(request(RTT_NANOS, RTT_NANOS));
        assertEquals("25 x 400 B, CUSTOM: observed 1.0, threshold 4.0, aggressive", plan.explain());
    }

    @Test
    void wrongConfigurationSaysWhatToChange() {
        DeadlineShardPolicy.Builder builder = DeadlineShardPolicy.builder();
        assertEquals(
                "nearRoundTrips: 0 (expected: > 0)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder.nearRoundTrips(0).build())
                        .getMessage());
        assertEquals(
                "urgentShardBytes: 15 (expected: 16…32768)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder.nearRoundTrips(1)
                                        .urgentShardBytes(15)
                                        .build())
                        .getMessage());
    }

    private static ShardRequest request(long deadlineLeftNanos, long latencyNanos) {
        PathOutlook outlook = new PathOutlook(
                latencyNanos, 0, 0, 0, 0, 0, PathOutlook.DEFAULT_PLANNING_INTERVAL_NANOS, 0, Double.NaN);
        return new ShardRequest(10_000, Carrier.DATAGRAM, 1144, Contract.DEADLINE, deadlineLeftNanos, outlook);
    }
}
