import org.jspecify.annotations.NullMarked;

/** What example programs run in: their command line, what they start, and the network that they make for it. */
@NullMarked
module io.foreshard.examples.harness {
    requires static transitive org.jspecify;
    requires io.foreshard.examples.report;
    requires transitive info.picocli;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;

    exports io.foreshard.examples.harness;

    opens io.foreshard.examples.harness to
            info.picocli;
}
