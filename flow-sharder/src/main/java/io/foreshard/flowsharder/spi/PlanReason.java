package io.foreshard.flowsharder.spi;

import io.foreshard.coreapi.Reason;

/** Why a flow has as many shards as it has. */
public enum PlanReason implements Reason {
    /** Too little is known of the flow or of the nodes; it gets what is configured. */
    UNKNOWN("Normal for a new flow; if it lasts, look whether legs report their capacity."),
    /** They are the fewest that carry what it carries now. */
    COVERS_OBSERVED("None."),
    /** They are the fewest that carry what it is forecast to want. */
    COVERS_FORECAST("None; compare forecast with observed demand if there are more shards than needed."),
    /** Its source waits for the shards: one more than it has. */
    SOURCE_WAITS("None."),
    /** It would take more, but all others share a bottleneck with one of them. */
    NO_OTHER_BOTTLENECK("Add nodes behind other bottlenecks."),
    /** It would take more than a flow may have, or than there are nodes. */
    CAPPED("Allow more shards per flow, or add nodes."),
    /** Fewer would do, but not by enough or not for long enough. */
    KEPT("None.");

    private final String operatorAction;

    PlanReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
