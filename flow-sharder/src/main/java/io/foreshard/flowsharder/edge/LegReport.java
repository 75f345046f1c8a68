package io.foreshard.flowsharder.edge;

/**
 * What one leg of an ingress does.
 *
 * @param loop which of the ingress's sessions, from 0
 * @param shard its number in the shard map
 * @param node the name of the node that it leads over, empty while it is not up
 * @param isUp whether it is
 * @param bytesPerSecond what it was seen to pass to the egress, 0 while unknown
 * @param roundTripNanos smoothed, 0 while unknown
 * @param sentBytes of streams, since it was opened
 * @param receivedBytes of streams, since it was opened
 */
public record LegReport(
        int loop,
        int shard,
        String node,
        boolean isUp,
        double bytesPerSecond,
        long roundTripNanos,
        long sentBytes,
        long receivedBytes) {}
