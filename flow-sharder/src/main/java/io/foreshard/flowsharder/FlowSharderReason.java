package io.foreshard.flowsharder;

import io.foreshard.coreapi.Reason;

/** Why the flow sharder closed a leg, refused something or had to help itself. One counter each. */
public enum FlowSharderReason implements Reason {
    /** A frame's checksum is wrong: bytes were changed, lost, doubled or moved on the way. The leg was closed, its bytes sent again by others. */
    CHECKSUM("Find the relay whose legs are closed; something between the edges changes bytes."),
    /** A frame is longer than any may be. The leg was closed. */
    OVERSIZE_FRAME("Look who connects: this is no leg of ours, or an edge of another version."),
    /** A frame is of an unknown type, or its contents do not fit its type. The leg was closed. */
    MALFORMED_FRAME("Run the same version at both edges; otherwise look who connects."),
    /** A frame came before its leg had joined a session or behind its end, or a token or a flow came a second time. The leg was closed. */
    OUT_OF_TURN("Look who connects: this is no edge of ours."),
    /** A token was not made with our key. The leg was refused. */
    FORGED_TOKEN("Compare the keys of the edges; otherwise look who connects."),
    /** A token was too old. The leg was refused. */
    EXPIRED_TOKEN("Compare the clocks of the edges, or allow tokens to live longer."),
    /** A token of an epoch that is over, or used before. The leg was refused. */
    STALE_EPOCH("None if legs were just opened anew; otherwise somebody replays tokens."),
    /** The other edge acknowledged what was never sent. The leg was closed. */
    FALSE_ACK("Run the same version at both edges; otherwise one of them is not ours."),
    /** A piece lies beyond what its flow was allowed. It was dropped. */
    BEYOND_CREDIT("Run the same version at both edges; otherwise one of them is not ours."),
    /** Pieces that came early did not fit into the memory for reordering. They were dropped, and are sent again. */
    REORDER_MEMORY("Raise the memory for reordering, or use legs with more even round trips."),
    /** The other edge acknowledged what was sent over a leg, and did not read it. The leg was closed. */
    CLOGGED_LEG("Look whether the other edge, and the relay between, still read; otherwise one of them is not ours."),
    /** Flows hold as much unread as may be together. One more was refused. */
    FLOW_MEMORY("Look whose targets or clients do not read; otherwise raise the memory, or add edges."),
    /** A flow's stream ended twice, or went on behind its end. The flow was reset. */
    CONTRADICTION("Run the same version at both edges; otherwise one of them is not ours."),
    /** A piece came for a flow that is over. It was dropped. */
    FLOW_OVER("None: pieces that were sent twice, or before the end was heard of."),
    /** There were as many flows as may be. One more was reset; the leg was closed if resets did not help. */
    TOO_MANY_FLOWS("Raise the limit of flows, or look who opens so many."),
    /** There were as many sessions as may be. A leg of one more was refused. */
    TOO_MANY_SESSIONS("Raise the limit of sessions, or look who opens so many."),
    /** A session had as many legs as may be. One more was refused. */
    TOO_MANY_LEGS("Raise the limit of legs, or place fewer shards; a move needs two legs for a moment."),
    /** As many connections as may be had shown no token yet. The oldest from the address with most of them was closed. */
    TOO_MANY_JOINING("Look who connects: somebody opens connections and says nothing; otherwise raise the limit."),
    /** A leg came while the egress was being stopped. It was refused. */
    STOPPING("None: the egress is about to end."),
    /** A connection showed no token in time. It was closed. */
    SLOW_JOIN("Look who connects: somebody opens connections and says nothing."),
    /** The egress did not know the session any more. Its flows were reset. */
    SESSION_LOST("Look whether the egress was started anew, or flows may outlive their legs for too short a time."),
    /** The store of shard maps could not be reached. Maps go unrecorded, traffic goes on. */
    STORE_AWAY("Look after the store; who takes over meanwhile may find an old map."),
    /** A target could not be reached, or is not allowed. The flow was reset. */
    TARGET_REFUSED("Look whether the target runs and can be reached from the egress, or allow it."),
    /** More names of targets waited to be looked up than may. The flow was reset. */
    TOO_MANY_LOOKUPS(
            "Look whether the system's resolver answers, or hand in a resolver; otherwise look who opens so many."),
    /** The application's own check of targets, or its resolver, threw an exception. The flow was reset. */
    BROKEN_POLICY(
            "Mend what was given to allowedTargets or resolver; the log tells of the first failure on each event loop.");

    private final String operatorAction;

    FlowSharderReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
