package io.foreshard.simulator;

import io.netty.channel.IoHandle;

/** Marks what a simulated loop can serve. */
interface SimulatedIoHandle extends IoHandle {

    @Override
    void close();
}
