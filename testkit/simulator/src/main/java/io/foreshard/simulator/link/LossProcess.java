package io.foreshard.simulator.link;

/** A running loss model: one answer per datagram. */
@FunctionalInterface
public interface LossProcess {

    /**
     * Decides the fate of the next datagram. Draws the same number of random values whatever the answer, so that the losses depend
     * on nothing but the seed and the index of the datagram.
     *
     * @return whether it is lost
     */
    boolean losesNext();
}
