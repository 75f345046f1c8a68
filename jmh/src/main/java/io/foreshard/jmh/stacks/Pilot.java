package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.spi.ScalingView;

/** Decides for all kinds of a machine in a simulation. */
interface Pilot {

    /** Returns how long it is between two of its looks at the clock. */
    long tickMillis();

    /** Returns whether it is asked, beside its ticks, for each message that needs more stacks than there are; it always is where there are none. */
    boolean asksAtOnce();

    /** A message of a kind came. */
    void arrived(int kind, long nowMillis);

    /** A message of a kind was answered. */
    void answered(int kind, long nowMillis);

    /** Time goes on; plans of all kinds follow. */
    void tick(long nowMillis);

    /** Returns how many stacks of a kind are to run or start. */
    int plan(int kind, long nowMillis, ScalingView.Stock stock, int waiting);
}
