package io.foreshard.stackvirt.mux;

import org.jspecify.annotations.Nullable;

/** That the messages of a key go to a stack. */
final class Binding {

    final long key;
    final Seat seat;
    /** How many messages the stack has that somebody waits for, and how many wait for it. */
    int underWay;

    @Nullable
    Binding older;

    @Nullable
    Binding newer;

    Binding(long key, Seat seat) {
        this.key = key;
        this.seat = seat;
    }
}
