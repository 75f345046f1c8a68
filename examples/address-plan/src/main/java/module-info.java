import org.jspecify.annotations.NullMarked;

/** Addresses of machines that come and go, handed out reactively and predictively side by side, and the routes that announce them. */
@NullMarked
module io.foreshard.examples.addresses {
    requires static org.jspecify;
    requires io.foreshard.addrsharding;
    requires io.foreshard.examples.harness;
    requires io.foreshard.examples.report;
    requires io.foreshard.forecast;
    requires info.picocli;
    requires io.netty.common;

    opens io.foreshard.examples.addresses to
            info.picocli;
}
