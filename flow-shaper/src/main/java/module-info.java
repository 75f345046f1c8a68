import org.jspecify.annotations.NullMarked;

/** Holds the packets of flows at an ingress node, so that the queue stands where it can be scheduled. */
@NullMarked
module io.foreshard.flowshaper {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires io.foreshard.runtime;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
    requires jdk.jfr;

    exports io.foreshard.flowshaper.control;
    exports io.foreshard.flowshaper;
    exports io.foreshard.flowshaper.scheduling;
    exports io.foreshard.flowshaper.spi;
}
