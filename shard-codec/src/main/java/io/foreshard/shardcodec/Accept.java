package io.foreshard.shardcodec;

/** The body of an ACCEPT: the answer to a HELLO. */
public sealed interface Accept {

    /**
     * Not yet: say HELLO again with this cookie. Costs the responder no memory.
     *
     * @param cookie at most {@link Hello#MAX_COOKIE_BYTES} bytes
     */
    record Retry(byte[] cookie) implements Accept {}

    /**
     * The session is there.
     *
     * @param version the version that both will speak
     * @param sessionId how the initiator shall name the session, chosen by the responder, unguessable
     * @param limits what the responder accepts
     */
    record Session(int version, long sessionId, SessionLimits limits) implements Accept {}
}
