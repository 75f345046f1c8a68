package io.foreshard.tck;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.shardcodec.spi.ShardRequest;
import java.util.ArrayList;
import java.util.List;

/** The requests of the contract: every combination of values that are ordinary, at an edge, or as large as their type. */
final class ShardRequests {

    private static final int[] MESSAGE_BYTES = {1, 2, 1143, 1144, 1145, 65_536, 10_000_000, Integer.MAX_VALUE - 4};
    private static final int[] CAPACITY_BYTES = {1, 492, 1144, 32_768, Integer.MAX_VALUE};
    private static final long[] DEADLINES_NANOS = {Long.MIN_VALUE, -1, 0, 1, 5_000_000, 10_000_000_000L, Long.MAX_VALUE
    };

    private ShardRequests() {}

    static List<ShardRequest> all() {
        List<ShardRequest> requests = new ArrayList<>();
        for (int messageBytes : MESSAGE_BYTES) {
            for (int capacityBytes : CAPACITY_BYTES) {
                for (PathOutlook outlook : outlooks()) {
                    addWithEachContract(requests, messageBytes, capacityBytes, outlook);
                }
            }
        }
        return requests;
    }

    private static void addWithEachContract(
            List<ShardRequest> requests, int messageBytes, int capacityBytes, PathOutlook outlook) {
        for (Carrier carrier : Carrier.values()) {
            for (Contract contract : Contract.values()) {
                for (long deadline : DEADLINES_NANOS) {
                    requests.add(new ShardRequest(messageBytes, carrier, capacityBytes, contract, deadline, outlook));
                }
            }
        }
    }

    private static List<PathOutlook> outlooks() {
        long interval = PathOutlook.DEFAULT_PLANNING_INTERVAL_NANOS;
        return List.of(
                PathOutlook.UNKNOWN,
                outlook(20_000_000, 12_500_000, 0, 0, interval),
                outlook(80_000_000, 1_000_000, 0.01, 0.5, interval),
                outlook(400_000_000, 20_000, 0.2, 1, interval),
                outlook(0, Double.MIN_VALUE, 1, 1, 1),
                outlook(Long.MAX_VALUE, Double.MAX_VALUE, 1, 1, Long.MAX_VALUE),
                outlook(1, Double.POSITIVE_INFINITY, 0, Double.MIN_VALUE, 1));
    }

    private static PathOutlook outlook(
            long latencyNanos, double bytesPerSecond, double lossRatio, double congestionLevel, long intervalNanos) {
        return new PathOutlook(
                latencyNanos,
                bytesPerSecond,
                bytesPerSecond / 2,
                bytesPerSecond,
                lossRatio,
                congestionLevel,
                intervalNanos,
                Long.MAX_VALUE,
                Double.NaN);
    }
}
