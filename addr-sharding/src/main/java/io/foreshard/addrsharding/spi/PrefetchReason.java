package io.foreshard.addrsharding.spi;

import io.foreshard.coreapi.Reason;

/** Why a subdivision's stock is as it is planned. */
public enum PrefetchReason implements Reason {
    /** As many as the specified rule gives. */
    SPECIFIED("None."),
    /** As many as were needed lately. */
    COVERS_RECENT("None; configure a forecaster where demand follows the clock."),
    /** As many as are forecast to be needed. */
    COVERS_FORECAST("None; compare forecast with observed demand if misses or idle stock are high."),
    /** VMs wait: as many more. */
    BACKLOG("None, if it is rare; else look whether refills take longer than they did."),
    /** The target is lower, but not by enough to release anything. */
    KEPT("None."),
    /** More is needed than the assigned shards have room for. */
    SHARDS_FULL("Allow the subdivision more shards, or larger ones."),
    /** No shard is assigned: nothing can be warm. */
    NO_SHARDS("Assign a shard to the subdivision."),
    /** It is not known how many VMs to expect. */
    UNKNOWN("Wait for the first forecast, or configure a forecaster.");

    private final String operatorAction;

    PrefetchReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
