package io.foreshard.examples.gateway;

import io.foreshard.flowshaper.scheduling.ShaperReason;
import java.util.List;
import java.util.Map;

/**
 * How one run went.
 *
 * @param shaped whether the shaper was in the gateway
 * @param sites in the order in which they were started
 * @param reasons what the shaper counted, without zeros
 */
record RunResult(boolean shaped, List<SiteResult> sites, Map<ShaperReason, Long> reasons) {

    String label() {
        return label(shaped);
    }

    static String label(boolean shaped) {
        return shaped ? "with shaper" : "without";
    }

    boolean isSound() {
        return sites.stream().allMatch(site -> site.isSound() && site.addsUp());
    }
}
