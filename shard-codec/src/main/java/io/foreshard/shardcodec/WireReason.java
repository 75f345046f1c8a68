package io.foreshard.shardcodec;

import io.foreshard.coreapi.Reason;

/** Why a packet was dropped before any state was looked at. */
public enum WireReason implements Reason {
    /** Shorter than its headers. */
    TOO_SHORT("Look for middle boxes that truncate datagrams; otherwise stray traffic on this port."),
    /** The fixed bit is not set. */
    NOT_FORESHARD("Stray traffic on this port; filter it before it reaches the endpoint."),
    /** A version that is not spoken here. */
    UNKNOWN_VERSION("Upgrade the older of the two peers."),
    /** A kind that version 1 does not know or only reserves. */
    UNKNOWN_KIND("Upgrade the older of the two peers."),
    /** The checksum over the headers does not match. */
    HEADER_CORRUPT("Check the path's hardware for corruption; a few are normal on radio links."),
    /** The checksum over the payload does not match. */
    PAYLOAD_CORRUPT("Check the path's hardware for corruption; a few are normal on radio links."),
    /** Fewer bytes than the shard header announces. */
    TRUNCATED("Raise the receive buffer size of the channel above the path MTU."),
    /** More bytes than the shard header announces, as when the system merges datagrams. */
    MERGED("Turn off generic receive offload for this socket."),
    /** Numbers in the shard header contradict each other. */
    BAD_GEOMETRY("The peer is faulty or hostile; update or block it."),
    /** A body that cannot be parsed. */
    MALFORMED_BODY("The peer is faulty or hostile; update or block it."),
    /** A stream frame with an impossible length; the stream is closed. */
    BAD_FRAME_LENGTH("The peer is faulty or hostile, or does not speak this protocol on the port.");

    private final String operatorAction;

    WireReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
