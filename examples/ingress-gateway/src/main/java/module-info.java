import org.jspecify.annotations.NullMarked;

/** An ingress gateway in front of two real servers, with and without the flow shaper. */
@NullMarked
module io.foreshard.examples.gateway {
    requires static org.jspecify;
    requires io.foreshard.examples.harness;
    requires io.foreshard.examples.report;
    requires io.foreshard.coreapi;
    requires io.foreshard.flowshaper;
    requires io.foreshard.simulator;
    requires io.foreshard.telemetry;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires java.net.http;
    requires jdk.httpserver;

    opens io.foreshard.examples.gateway to
            info.picocli;
}
