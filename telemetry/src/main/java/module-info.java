import org.jspecify.annotations.NullMarked;

/** What is known of paths and servers from outside the engines: sources, series, profiles, and the agent that gathers them. */
@NullMarked
module io.foreshard.telemetry {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires io.foreshard.runtime;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
    requires transitive java.net.http;

    exports io.foreshard.telemetry;
    exports io.foreshard.telemetry.probe;
    exports io.foreshard.telemetry.node;
    exports io.foreshard.telemetry.recorder;
}
