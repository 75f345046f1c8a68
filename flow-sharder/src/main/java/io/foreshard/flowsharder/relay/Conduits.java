package io.foreshard.flowsharder.relay;

import org.jspecify.annotations.Nullable;

/** The conduits of one event loop. A flow has one only while it moves bytes, or while its bytes wait. */
interface Conduits {

    /** Returns an empty one; {@code null} when the system gives no more. */
    @Nullable
    Conduit take();

    /** Takes one back; what is still in it is lost. */
    void giveBack(Conduit conduit);

    /** Returns what takes up less memory while its bytes wait. */
    default Conduit park(Conduit waiting) {
        return waiting;
    }

    /** Gives up what nobody uses. */
    void close();
}
