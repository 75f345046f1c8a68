package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.ShardCountPolicy;
import io.foreshard.addrsharding.spi.ShardDemand;

/** How many shards a subdivision is to have beyond those that its orders fill, and when it has one too many. */
final class ShardSizing {

    private final ShardCountPolicy policy;
    private final int quietLooks;

    /**
     * Makes a rule.
     *
     * @param quietLooks for how many steps in a row a shard has to be too many before it is given back
     */
    ShardSizing(ShardCountPolicy policy, int quietLooks) {
        this.policy = policy;
        this.quietLooks = quietLooks;
    }

    /** Returns how many shards to assign, or -1 to give one back. */
    int change(SubdivisionStock stock, double score, long nowMillis) {
        PrefetchPlan plan = stock.lastPlan;
        long used = stock.pool.statistics(nowMillis).inUse();
        int target = plan == null ? 0 : plan.target();
        int size = stock.settings.addresses();
        int wanted =
                policy.count(new ShardDemand(score, (double) used + target, used, size, stock.settings.maxShards()));
        int have = stock.shards.size() + stock.awaitedShards();
        if (wanted > have) {
            stock.quietLooks(false);
            return wanted - have;
        }
        boolean isOneTooMany = have > Math.max(1, wanted) && stock.ordered() == 0;
        return stock.quietLooks(isOneTooMany) >= quietLooks ? -1 : 0;
    }
}
