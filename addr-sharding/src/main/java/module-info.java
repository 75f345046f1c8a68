import org.jspecify.annotations.NullMarked;

/** Assigns address ranges to subdivisions of a network before they need them, and tells routers. */
@NullMarked
module io.foreshard.addrsharding {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires io.foreshard.runtime;
    requires transitive io.netty.common;
    requires jdk.jfr;
    requires org.jctools.core.jdk11;
    requires org.slf4j;

    exports io.foreshard.addrsharding.allocation;
    exports io.foreshard.addrsharding.demand;
    exports io.foreshard.addrsharding.dialect;
    exports io.foreshard.addrsharding.engine;
    exports io.foreshard.addrsharding.journal;
    exports io.foreshard.addrsharding.prefetch;
    exports io.foreshard.addrsharding.prefix;
    exports io.foreshard.addrsharding.route;
    exports io.foreshard.addrsharding.router;
    exports io.foreshard.addrsharding.space;
    exports io.foreshard.addrsharding.spi;
    exports io.foreshard.addrsharding.warm;
}
