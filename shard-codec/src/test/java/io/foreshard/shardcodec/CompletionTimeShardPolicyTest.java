package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;
import io.foreshard.simulator.Property;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTimeShardPolicyTest {

    private static final int CAPACITY = 1144;
    private static final long MILLI = 1_000_000;
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final ShardPolicy policy = CompletionTimeShardPolicy.standard();

    private static PathOutlook outlook(long latencyMillis, double low, double mean, double high, double loss) {
        return new PathOutlook(latencyMillis * MILLI, mean, low, high, loss, 0, 100 * MILLI, 1, Double.NaN);
    }

    private static ShardRequest request(Carrier carrier, int bytes, long deadlineNanos, PathOutlook outlook) {
        int capacity = carrier == Carrier.DATAGRAM ? CAPACITY : WireFormat.MAX_SHARD_BYTES;
        return new ShardRequest(bytes, carrier, capacity, Contract.RELIABLE, deadlineNanos, outlook);
    }

    private ShardPlan plan(int bytes, PathOutlook outlook) {
        return policy.plan(request(Carrier.DATAGRAM, bytes, NO_DEADLINE, outlook));
    }

    @ParameterizedTest
    @CsvSource({
        "clean,                          65536, 50, 1e7, 0,     0",
        "one at low loss,                65536, 50, 1e7, 0.01,  1",
        "repairs need the budget,        65536, 50, 1e7, 0.05,  0",
        "a short one at any loss,         1000, 50, 1e7, 0.3,   1",
        "loss too rare,                  65536, 50, 1e7, 0.001, 0",
        "packets too slow,               65536, 50, 1e5, 0.04,  0",
        "round trip too short,           65536,  1, 1e7, 0.04,  0",
        "all is lost: a copy is too,     65536, 50, 1e7, 1,     0",
    })
    void copiesTheTailWhereThatSavesMoreThanItCosts(
            String why, int bytes, long latencyMillis, double bandwidth, double loss, int copies) {
        ShardPlan plan = plan(bytes, outlook(latencyMillis, bandwidth, bandwidth, bandwidth, loss));
        assertEquals(copies, plan.tailCopies(), why);
        assertEquals(CAPACITY, plan.shardBytes());
    }

    @ParameterizedTest
    @CsvSource({"99, 1", "100, 0", "1000, 0", "0, 1", "-1, 1"})
    void copiesTheTailInAnyCaseWhereADeadlineLeavesNoTimeForARepair(long leftMillis, int copies) {
        PathOutlook slow = outlook(50, 1e5, 1e5, 1e5, 0.05);
        ShardRequest request = request(Carrier.DATAGRAM, 65_536, leftMillis * MILLI, slow);
        assertEquals(copies, policy.plan(request).tailCopies());
    }

    @ParameterizedTest
    @CsvSource({
        "steady,              1e6, 1e6,   1e6, 9223372036854775807",
        "a little uncertain,  8e5, 1e6, 1.2e6, 9223372036854775807",
        "may shrink,          5e5, 1e6, 1.2e6, 1200000",
        "high is not known,   5e5, 1e6,     0, 1000000",
        "low is not known,      0, 1e6, 1.2e6, 9223372036854775807",
    })
    void pacesWhereTheCapacityIsExpectedToShrink(String why, double low, double mean, double high, long pace) {
        assertEquals(pace, plan(65_536, outlook(50, low, mean, high, 0)).paceBytesPerSecond(), why);
    }

    @ParameterizedTest
    @CsvSource({"1e5, 4096", "1e6, 5000", "1e8, 32768"})
    void framesOfAStreamTakeFiveMillisecondsOfTheCapacity(double bandwidth, int shardBytes) {
        PathOutlook lossy = outlook(50, bandwidth, bandwidth, bandwidth, 0.1);
        ShardPlan plan = policy.plan(request(Carrier.STREAM, 1 << 20, NO_DEADLINE, lossy));
        assertEquals(shardBytes, plan.shardBytes());
        assertEquals(0, plan.tailCopies(), "a stream repairs itself");
    }

    @Test
    void plansLikeItsReactiveTwinWhereNothingIsKnown() {
        ShardRequest request = request(Carrier.DATAGRAM, 65_536, NO_DEADLINE, PathOutlook.UNKNOWN);
        ShardPlan fixed = FixedShardPolicy.pathSized().plan(request);
        assertEquals(fixed, policy.plan(request));
        assertEquals(fixed, policy.reactive().plan(request));
        PathOutlook known = outlook(50, 1e5, 1e6, 1e7, 0.05);
        assertEquals(fixed, policy.reactive().plan(request(Carrier.DATAGRAM, 65_536, NO_DEADLINE, known)));
    }

    @Test
    void plansFitTheRequestWhateverIsExpected() {
        Property.named("plans fit the request").runs(2_000).check((random, size) -> {
            ShardRequest request = any(random);
            ShardPlan plan = policy.plan(request);
            assertTrue(plan.shardBytes() <= request.payloadCapacityBytes(), plan::explain);
            assertTrue(plan.tailCopies() <= 1, plan::explain);
            assertTrue(plan.paceBytesPerSecond() >= (long) request.outlook().bandwidthBytesPerSecond(), plan::explain);
        });
    }

    private static ShardRequest any(RandomGenerator random) {
        double mean = Math.exp(40 * random.nextDouble() - 5);
        PathOutlook outlook = outlook(
                random.nextInt(1_000),
                mean * random.nextDouble(),
                mean,
                mean * (1 + random.nextDouble()),
                random.nextBoolean() ? 0 : random.nextDouble());
        Carrier carrier = random.nextBoolean() ? Carrier.DATAGRAM : Carrier.STREAM;
        long deadline = random.nextBoolean() ? NO_DEADLINE : random.nextLong();
        return request(carrier, 1 + random.nextInt(16 << 20), deadline, outlook);
    }
}
