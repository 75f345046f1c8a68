import org.jspecify.annotations.NullMarked;

/** Sessions over datagrams or streams: paths, rate control, pacing, repair, and the handlers that wire them into Netty. */
@NullMarked
module io.foreshard.transport {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires transitive io.foreshard.shardcodec;
    requires transitive io.foreshard.reassembler;
    requires io.foreshard.runtime;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.jctools.core.jdk11;
    requires org.slf4j;
    requires jdk.jfr;

    exports io.foreshard.transport;

    uses io.foreshard.coreapi.Provider;
}
