package io.foreshard.jmh.striping.placement;

/** Chooses the node of a flow. */
interface Chooser {

    /** Returns the node for a flow, by what an ingress knows. */
    int choose(View view);

    /** Takes that a second has passed; one of the ingresses tells what it knows. */
    default void second(double now, View view) {}

    /** Returns the slot in which what is chosen now is scored. */
    default int slot() {
        return 0;
    }

    /** Takes what became of a flow. */
    default void ended(int slot, double secondsPerUnit) {}
}
