import org.jspecify.annotations.NullMarked;

/** Sends a real file over real sockets through a path with a congestion episode. */
@NullMarked
module io.foreshard.examples.sendfile {
    requires static org.jspecify;
    requires io.foreshard.examples.harness;
    requires io.foreshard.examples.report;
    requires io.foreshard.forecast;
    requires io.foreshard.simulator;
    requires io.foreshard.transport;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;

    opens io.foreshard.examples.sendfile to
            info.picocli;
}
