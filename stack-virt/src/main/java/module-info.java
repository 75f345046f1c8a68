import org.jspecify.annotations.NullMarked;

/** Keeps protocol stacks warm before their traffic comes, and sends each message to the one that will answer soonest. */
@NullMarked
module io.foreshard.stackvirt {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires io.foreshard.runtime;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires transitive io.netty.transport;
    requires jdk.jfr;
    requires org.jctools.core.jdk11;
    requires org.slf4j;

    exports io.foreshard.stackvirt.buffer;
    exports io.foreshard.stackvirt.cgroup;
    exports io.foreshard.stackvirt.engine.inprocess;
    exports io.foreshard.stackvirt.engine.oci;
    exports io.foreshard.stackvirt.engine.text;
    exports io.foreshard.stackvirt.manager;
    exports io.foreshard.stackvirt.mux;
    exports io.foreshard.stackvirt.regret;
    exports io.foreshard.stackvirt.scaling;
    exports io.foreshard.stackvirt.selection;
    exports io.foreshard.stackvirt.spi;
    exports io.foreshard.stackvirt.traffic;
    exports io.foreshard.stackvirt.virtualizer;
    exports io.foreshard.stackvirt.worker;
}
