package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.spi.Node;
import java.util.List;

/** What steering sees of a session, and does to it. */
interface SteeredSession {

    /** Returns its key, under which it is placed and stored. */
    long key();

    List<LegKeeper.Slot> slots();

    /** Returns whether sources have had more to send than the legs take since this was asked before. */
    boolean wasLimited();

    /** Goes over these nodes from now on. */
    void follow(List<Node> nodes);

    /** Runs something on the session's event loop; any thread. */
    void later(Runnable action);

    /** The store could not be reached. */
    void storeIsAway();
}
