import org.jspecify.annotations.NullMarked;

/** A download over three relays at once, of which one dies, one becomes slow, and one comes back. */
@NullMarked
module io.foreshard.examples.bonded {
    requires static org.jspecify;
    requires io.foreshard.examples.harness;
    requires io.foreshard.examples.report;
    requires io.foreshard.flowsharder;
    requires io.foreshard.simulator;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires java.net.http;
    requires jdk.httpserver;

    opens io.foreshard.examples.bonded to
            info.picocli;
}
