package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Where the packets of a {@link Lane} go. Called on the scheduler's thread. An exception is caught and counted, and counts as
 * "done".
 */
public interface Outlet {

    /**
     * Takes a packet whose time has come. Ownership of the message goes to the outlet.
     *
     * @param message the packet
     * @param attachment what was given with it
     */
    void release(Object message, @Nullable Object attachment);

    /**
     * Takes a packet that will not be sent. Ownership of the message goes to the outlet, which releases it and tells its sender.
     *
     * @param message the packet
     * @param attachment what was given with it
     * @param reason why
     */
    void drop(Object message, @Nullable Object attachment, ShaperReason reason);

    /** Is called when the last packet of a batch was released: the time to flush. */
    default void batchReleased() {}

    /** Returns whether it takes packets now. When it does again, call {@link Lane#resume}. */
    default boolean isReady() {
        return true;
    }

    /**
     * Asks whoever fills a flow of this lane to pause, or to go on.
     *
     * @param paused whether to pause
     */
    default void pause(boolean paused) {}

    /**
     * Marks a packet with ECN "congestion experienced" where its protocol allows it (RFC 3168, section 5), instead of dropping it.
     *
     * @param message the packet; not to be released
     * @return whether it was marked
     */
    default boolean mark(Object message) {
        return false;
    }

    /** Returns whether packets may be dropped at all; a part of a byte stream may not. */
    default boolean mayDrop() {
        return true;
    }
}
