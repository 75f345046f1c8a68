package io.foreshard.simulator;

import io.netty.channel.IoEvent;

/** What a simulated socket can be ready for. */
enum SimulatedIoEvent implements IoEvent {
    READ,
    WRITE
}
