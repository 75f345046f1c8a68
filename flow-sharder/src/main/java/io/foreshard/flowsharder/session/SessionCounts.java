package io.foreshard.flowsharder.session;

/** What a session did so far. Written on its event loop. */
public final class SessionCounts {

    long resentBytes;
    long ackedBytes;
    long collapses;
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

    /** Returns the bytes of streams that the other side passed on. */
    public long ackedBytes() {
        return ackedBytes;
    }

    /** Returns how often all went over one leg, as several were slower. */
    public long collapses() {
        return collapses;
    }
}
