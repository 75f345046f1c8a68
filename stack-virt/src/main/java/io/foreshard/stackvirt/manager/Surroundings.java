package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Reason;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackId;
import io.netty.channel.EventLoop;

/** What a stack needs of the manager that it belongs to. */
interface Surroundings {

    StackEngine engine();

    StackSet stacks();

    /** Returns how many messages a stack has not answered, as of the newest look. */
    int inFlight(StackId id);

    EventLoop loop();

    EngineObserver observer();

    StartTimes startTimes();

    long now();

    long drainNanos();

    /** Runs something on the event loop a little later. */
    void later(Runnable action);

    /** A stack has come up and is well. */
    void well(ManagedStack stack);

    /** A stack ends because something went wrong. */
    void failed(ManagedStack stack, Reason reason);

    /** Nothing is left of a stack. */
    void gone(ManagedStack stack);
}
