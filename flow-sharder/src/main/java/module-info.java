import org.jspecify.annotations.NullMarked;

/** Spreads one TCP flow over several relay nodes, and moves its parts without a seam. */
@NullMarked
module io.foreshard.flowsharder {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires io.foreshard.runtime;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.codec;
    requires io.netty.codec.haproxy;
    requires io.netty.codec.http;
    requires io.netty.codec.socks;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires transitive io.netty.resolver;
    requires io.netty.resolver.dns;
    requires jdk.jfr;
    requires org.slf4j;

    exports io.foreshard.flowsharder;
    exports io.foreshard.flowsharder.accept;
    exports io.foreshard.flowsharder.edge;
    exports io.foreshard.flowsharder.placement;
    exports io.foreshard.flowsharder.relay;
    exports io.foreshard.flowsharder.scheduling;
    exports io.foreshard.flowsharder.spi;
    exports io.foreshard.flowsharder.wire;
}
