package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchPolicy;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView;

/**
 * The rule as it was specified: {@code floor(predictedVmCount / numShards)} addresses in each shard. It keeps one for every VM that is
 * expected to run, also for those that run already and have theirs; a fraction of each shard is lost to the rounding, and nothing is
 * kept for chance. Here to compare with. Without shards, or without a forecast, it keeps nothing.
 */
public final class SpecifiedPrefetch implements PrefetchPolicy {

    /** Makes the policy. */
    public SpecifiedPrefetch() {}

    @Override
    public PrefetchPlan plan(PrefetchView view) {
        int shards = view.stock().shards();
        double expected = view.outlook().predictedVmCount();
        if (shards == 0) {
            return Stocking.plan(view, 0, 0, PrefetchReason.NO_SHARDS);
        }
        if (!(expected >= 0 && expected <= Integer.MAX_VALUE)) {
            return Stocking.plan(view, 0, 0, PrefetchReason.UNKNOWN);
        }
        return Stocking.plan(view, Math.floor(expected / shards) * shards, 0, PrefetchReason.SPECIFIED);
    }
}
