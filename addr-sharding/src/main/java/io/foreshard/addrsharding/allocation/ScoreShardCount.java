package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.spi.ShardCountPolicy;
import io.foreshard.addrsharding.spi.ShardDemand;

/**
 * The rule as first specified: min(max, ⌊score / size⌋). The score is no number of addresses, so what comes out depends on its unit; and as it
 * is rounded down, small subdivisions get nothing. Prefer {@link QuantileShardCount}.
 */
public final class ScoreShardCount implements ShardCountPolicy {

    /** Makes the policy. */
    public ScoreShardCount() {}

    /** A score that is no number, or negative, is none. */
    @Override
    public int count(ShardDemand demand) {
        double shards = Math.floor(demand.score() / demand.shardAddresses());
        return shards > 0 ? (int) Math.min(demand.maxShards(), shards) : 0;
    }
}
