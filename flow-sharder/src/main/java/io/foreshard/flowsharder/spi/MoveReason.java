package io.foreshard.flowsharder.spi;

import io.foreshard.coreapi.Reason;

/** Why a shard moves from one node to another. */
public enum MoveReason implements Reason {
    /** Its node is down. */
    FAILED("Look after the node; its shards are on other nodes meanwhile."),
    /** Its node is to be stopped. */
    DRAINED("None; stop the node when it carries no more shards."),
    /** Its node has had more load than it should for a while. */
    OVERLOADED("None now and then; if it lasts, add nodes or compare weights with what nodes are able to."),
    /** Its node is forecast to have more load than it should. */
    FORECAST_OVERLOAD("None; compare forecast with observed load if shards move in vain."),
    /** Its node, or the way there, has become notably slower than it was. */
    DEGRADED("Look after the node and the way to it."),
    /** The new node comes first for it, and is new or back. */
    TAKEN_UP("None."),
    /** The load of its node is above the threshold; the literal rule, which looks at nothing else. */
    ABOVE_THRESHOLD("Use the default policy if shards go to and fro.");

    private final String operatorAction;

    MoveReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }

    /** Returns whether the new leg is to be there before the old one goes; not where the old one is gone already. */
    public boolean isPlanned() {
        return this != FAILED;
    }
}
