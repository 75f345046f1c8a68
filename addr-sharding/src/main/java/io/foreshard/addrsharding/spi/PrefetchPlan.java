package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;
import java.util.Locale;

/**
 * What to do about the stock of a subdivision, and why.
 *
 * @param target how many addresses are to be warm or on their way
 * @param order how many to order now; 0 if there are enough
 * @param release how many warm ones to give back now; 0 if there are not too many
 * @param reason why
 * @param view what the decision rests on
 */
public record PrefetchPlan(int target, int order, int release, PrefetchReason reason, PrefetchView view) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is below 0, or something is both ordered and released
     */
    public PrefetchPlan {
        Checks.notNegative("target", target);
        Checks.notNegative("order", order);
        Checks.notNegative("release", release);
        Checks.require(order == 0 || release == 0, "release", release, "0, as " + order + " are ordered");
    }

    /**
     * Returns the part of the target that belongs to each shard: equal, the first ones get what is left over.
     *
     * @param shard which one, from 0
     * @return 0 without shards
     */
    public int targetOfShard(int shard) {
        int shards = view.stock().shards();
        return shards == 0 ? 0 : target / shards + (shard < target % shards ? 1 : 0);
    }

    /** Returns the decision in words, for people. */
    public String explain() {
        DemandOutlook outlook = view.outlook();
        PrefetchView.Stock stock = view.stock();
        String extra = outlook.reason().isEmpty() ? "" : "; " + outlook.reason();
        return String.format(
                Locale.ROOT,
                "%s: %s: %d warm and %d ordered in %d shards, %d to be: order %d, release %d"
                        + " (p%.4g within %.1f s: %.0f recent,%s x%.2f; backlog %d%s)",
                view.subdivision(),
                reason,
                stock.warm(),
                stock.ordered(),
                stock.shards(),
                target,
                order,
                release,
                100 * outlook.level(),
                outlook.leadMillis() / 1e3,
                outlook.recentNeed(),
                outlook.expectedNeeds().isEmpty()
                        ? ""
                        : " "
                                + outlook.expectedNeeds().stream()
                                        .map(Math::round)
                                        .toList() + " expected,",
                outlook.correction(),
                stock.backlog(),
                extra);
    }
}
