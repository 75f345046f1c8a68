package io.foreshard.flowsharder.session;

/** What a session did so far. Written on its event loop. */
public final class SessionCounts {

    long resentBytes;
    long deliveredBytes;
    long legsDoubted;
    long legsLost;

    SessionCounts() {}

    /** Returns the bytes of streams that were sent more than once. */
    public long resentBytes() {
        return resentBytes;
    }

    /** Returns the bytes of streams that were passed on to local ends. */
    public long deliveredBytes() {
        return deliveredBytes;
    }

    /** Returns how often a leg fell silent. */
    public long legsDoubted() {
        return legsDoubted;
    }

    /** Returns how many legs were lost without having been left. */
    public long legsLost() {
        return legsLost;
    }
}
