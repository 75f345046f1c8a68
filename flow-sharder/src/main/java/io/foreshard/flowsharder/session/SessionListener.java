package io.foreshard.flowsharder.session;

/** What a session tells its edge. Called on its event loop. */
public interface SessionListener {

    /**
     * The other side began a flow.
     *
     * @param flow to be attached to an end, or reset, during the call
     * @param target where it is to go
     */
    void onFlow(Flow flow, String target);

    /**
     * A leg is gone.
     *
     * @param leg which
     * @param reason why
     */
    void onLegGone(Leg leg, LegEndReason reason);
}
