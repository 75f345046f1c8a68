package io.foreshard.flowsharder.edge;

/** Told once what became of a flow's target. Called on the connection's event loop. */
public interface TargetListener {

    /** The egress is connected to the target. What the target sends is written to the connection after this call. */
    void onConnected();

    /**
     * There is no connection to the target. The connection stays open, and what it sends is thrown away: to be closed by who is told.
     *
     * @param refusal why
     */
    void onRefused(TargetRefusal refusal);
}
