import org.jspecify.annotations.NullMarked;

/** BGP and DNS messages replayed against protocol stacks that are started reactively, kept for a fixed time, or started before they are needed. */
@NullMarked
module io.foreshard.examples.stacks {
    requires static org.jspecify;
    requires io.foreshard.coreapi;
    requires io.foreshard.examples.harness;
    requires io.foreshard.examples.report;
    requires io.foreshard.stackvirt;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;

    opens io.foreshard.examples.stacks to
            info.picocli;
}
