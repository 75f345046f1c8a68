package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchPolicy;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.runtime.Checks;

/**
 * Keeps as many as would have been enough lately, or a fixed number if that is more: what warm pools do without a forecast. VMs that wait add to
 * it.
 */
public final class ReactivePrefetch implements PrefetchPolicy {

    private final int atLeast;
    private final double releaseAbove;

    /**
     * Makes the policy.
     *
     * @param atLeast how many are always kept, not negative
     * @param releaseAbove by which share of the target the stock may exceed it before some is released, not negative; 1 is what Azure's
     *     network plug-in does
     * @throws IllegalArgumentException if a value is out of range
     */
    public ReactivePrefetch(int atLeast, double releaseAbove) {
        this.atLeast = Checks.notNegative("atLeast", atLeast);
        this.releaseAbove = Checks.inRange("releaseAbove", releaseAbove, 0, 1000);
    }

    @Override
    public PrefetchPlan plan(PrefetchView view) {
        double need = Math.rint(view.outlook().recentNeed() * view.outlook().correction());
        int backlog = view.stock().backlog();
        double wanted = Math.max(atLeast, need) + backlog;
        return Stocking.plan(
                view,
                wanted,
                wanted * releaseAbove,
                backlog > 0 ? PrefetchReason.BACKLOG : PrefetchReason.COVERS_RECENT);
    }
}
