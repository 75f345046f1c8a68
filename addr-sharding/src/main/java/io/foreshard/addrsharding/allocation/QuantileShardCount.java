package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.spi.ShardCountPolicy;
import io.foreshard.addrsharding.spi.ShardDemand;

/** As many shards as hold what is expected with the probability that is wanted, and never fewer than hold what is used: ⌈max(quantile, used) / size⌉. */
public final class QuantileShardCount implements ShardCountPolicy {

    /** Makes the policy. */
    public QuantileShardCount() {}

    /** A quantile that is no finite number is unknown: what is used counts. */
    @Override
    public int count(ShardDemand demand) {
        boolean isKnown = Double.isFinite(demand.quantileAddresses());
        double addresses =
                isKnown ? Math.max(demand.quantileAddresses(), demand.usedAddresses()) : demand.usedAddresses();
        return (int) Math.min(demand.maxShards(), Math.ceil(addresses / demand.shardAddresses()));
    }
}
