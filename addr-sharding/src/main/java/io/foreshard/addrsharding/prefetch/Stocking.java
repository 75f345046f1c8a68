package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView;

/** From a wanted stock to what is ordered or released. */
final class Stocking {

    private Stocking() {}

    /**
     * Plans to have so many addresses warm or on their way.
     *
     * @param view what is in stock
     * @param wanted how many there are to be; not negative
     * @param slack how many more than wanted may stay
     * @param why this many
     */
    static PrefetchPlan plan(PrefetchView view, double wanted, double slack, PrefetchReason why) {
        PrefetchView.Stock stock = view.stock();
        if (stock.shards() == 0) {
            return new PrefetchPlan(0, 0, stock.warm(), PrefetchReason.NO_SHARDS, view);
        }
        boolean fits = wanted <= stock.capacity();
        int target = fits ? (int) Math.ceil(wanted) : stock.capacity();
        PrefetchReason reason = fits ? why : PrefetchReason.SHARDS_FULL;
        long position = (long) stock.warm() + stock.ordered();
        if (position <= target) {
            return new PrefetchPlan(target, (int) (target - position), 0, reason, view);
        }
        if (position <= target + slack) {
            return new PrefetchPlan(target, 0, 0, PrefetchReason.KEPT, view);
        }
        return new PrefetchPlan(target, 0, (int) Math.min(stock.warm(), position - target), reason, view);
    }
}
