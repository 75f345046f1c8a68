import org.jspecify.annotations.NullMarked;

/** Deterministic simulation of Netty applications, network impairments on simulated and real sockets, and test tools. */
@NullMarked
module io.foreshard.simulator {
    requires static transitive org.jspecify;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;

    exports io.foreshard.simulator;
    exports io.foreshard.simulator.fluid;
    exports io.foreshard.simulator.link;
    exports io.foreshard.simulator.relay;
}
