package io.foreshard.transport;

import io.foreshard.coreapi.Reason;

/** Why the transport dropped a packet, failed a message or fell back. */
public enum TransportReason implements Reason {
    /** A packet names a session that is not there. */
    UNKNOWN_SESSION("Normal after a restart or a close; otherwise someone guesses session ids."),
    /** A packet names a path that is not there and may not be opened. */
    UNKNOWN_PATH("A few are late; many mean that the peer is faulty or someone guesses."),
    /** A packet number that has arrived before, or is too old to tell. */
    REPLAYED_PACKET("A few are duplicates of the network; many are a replay attack."),
    /** A body that cannot be parsed. */
    MALFORMED_BODY("The peer is faulty or hostile; update or block it."),
    /** An acknowledgement of packets never sent. */
    ACK_OF_UNSENT("The peer is faulty or hostile; update or block it."),
    /** A HELLO shorter than its padding demands, which could be used to amplify. */
    SHORT_HELLO("Someone tries to use this endpoint as an amplifier; block it."),
    /** A HELLO in no common version. */
    NO_COMMON_VERSION("Upgrade the older of the two peers."),
    /** A cookie that is wrong or too old. */
    BAD_COOKIE("A few are slow peers; many are spoofed addresses."),
    /** A destination that this endpoint does not serve. */
    WRONG_DESTINATION("Correct the peer's destination, or accept it in the configuration."),
    /** As many sessions as the configuration allows. */
    TOO_MANY_SESSIONS("Raise maxSessions, or find out who opens them."),
    /** A packet for another event loop, whose queue was full. */
    HANDOVER_FULL("The loop that owns the session is overloaded; add loops."),
    /** A packet from an address that the session does not know yet; a challenge was sent. */
    NEW_ADDRESS("Normal when a peer's address changes; many mean spoofing."),
    /** A path response that matches no challenge. */
    STRAY_PATH_RESPONSE("A few are late; many mean spoofing."),
    /** A sharding policy threw or returned nonsense; shards of the path's size were sent. */
    POLICY_FAILED("Correct the policy; its exception is in the log."),
    /** A telemetry source or forecaster threw; the step went on without it. */
    TELEMETRY_FAILED("Correct the source or forecaster; its exception is in the log at debug level."),
    /** A fault in one session, such as a message whose buffer was released too often, closed it. */
    SESSION_FAULT("Correct the code that the exception in the log points to."),
    /** The application's listener, or its choice of destinations, threw. */
    LISTENER_FAILED("Correct the listener; its exception is in the log."),
    /** The path refused or swallowed a large packet; smaller ones are sent. */
    PATH_MTU_FELL("Lower pathMtuBytes to what the path carries."),
    /** Nothing was acknowledged for several probes; the pace fell to the least. */
    FEEDBACK_ENDED("Look at the path and the peer."),
    /** The peer was silent for too long; the session was closed. */
    PEER_SILENT("Look at the path and the peer."),
    /** A connection that carried a path of a session broke; the others go on, and the side that opened the session brings it back. */
    CONNECTION_LOST("A few are peers that go away; many mean that something on the way cuts connections."),
    /** A connection that belonged to no session in time, or claimed what another one has, was closed. */
    STRAY_CONNECTION(
            "A few are connections that came back before the other side knew; many mean that someone guesses."),
    /** A shard was sent again. */
    SHARD_REPAIRED("A high share is loss on the path; look at the path's loss ratio."),
    /** A repair left once more, before anybody asked. */
    REPAIR_COPIED("Bounded by the redundancy budget; a high share is loss on the path."),
    /** One of the last shards of a message left once more, before anybody asked, as its plan said. */
    TAIL_COPIED("Bounded by the redundancy budget; correct the sharding policy if it wastes capacity."),
    /** An empty packet that follows the end of a message on a lossy path, so that the loss of the end is noticed. */
    TAIL_PROBED("A high share is loss on the path; look at the path's loss ratio."),
    /** A copy that the redundancy budget did not pay for. */
    COPY_WITHHELD("Normal at high loss; if completion times matter more than bytes, look for a better path."),
    /** The receiver asked for a new generation of a block. */
    GENERATION_RENEWED(
            "Payloads are changed on the path without the packet checksum noticing; look for faulty hardware.");

    private final String operatorAction;

    TransportReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
