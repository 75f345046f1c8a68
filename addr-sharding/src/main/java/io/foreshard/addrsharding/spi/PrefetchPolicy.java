package io.foreshard.addrsharding.spi;

/**
 * Decides how many addresses of a subdivision are kept warm. Pure: the same view gives the same plan, so a recorded day can be replayed.
 */
@FunctionalInterface
public interface PrefetchPolicy {

    /**
     * Plans the stock of a subdivision.
     *
     * @param view what is in stock and what is expected
     * @return what to order or to release now
     */
    PrefetchPlan plan(PrefetchView view);
}
