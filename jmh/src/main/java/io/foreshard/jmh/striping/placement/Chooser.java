package io.foreshard.jmh.striping.placement;

import java.util.List;

/** Chooses the node of a flow. */
interface Chooser {

    /** Returns the node for a flow, by what an ingress knows. */
    int choose(View view);

    /** Takes that a second has passed. */
    default void second(double now, List<SharedNode> nodes) {}

    /** Returns the slot in which what is chosen now is scored. */
    default int slot() {
        return 0;
    }

    /** Takes what became of a flow. */
    default void ended(int slot, double secondsPerUnit) {}
}
