package io.foreshard.jmh.shaper.scheduling;

/** A scheduler under load: as many packets come as leave, so that each flow has about as many queued all the time. */
interface Course {

    /** Packets that each flow has queued on average. */
    int DEPTH = 2;

    /**
     * Lets packets come and leave.
     *
     * @param packets how many, at least
     * @return what one cost on average
     */
    Cost run(long packets) throws InterruptedException;

    /**
     * What enqueueing and releasing one packet cost.
     *
     * @param nanos processor time of the one thread that does it: who else runs on the machine then counts less
     * @param allocatedBytes memory that was allocated, NaN when not known
     */
    record Cost(double nanos, double allocatedBytes) {}
}
