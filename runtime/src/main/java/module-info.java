import org.jspecify.annotations.NullMarked;

/**
 * The machinery inside the engines: timers, budgets, keyed maps, estimators. Exported to Foreshard's own modules only; nothing
 * here is a promise to an application.
 */
// Some of the named modules depend on this one, so they cannot be on its module path when it is compiled.
@SuppressWarnings("module")
@NullMarked
module io.foreshard.runtime {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires jdk.jfr;

    exports io.foreshard.runtime to
            io.foreshard.forecast,
            io.foreshard.shardcodec,
            io.foreshard.reassembler,
            io.foreshard.transport,
            io.foreshard.telemetry,
            io.foreshard.flowshaper,
            io.foreshard.flowsharder,
            io.foreshard.addrsharding,
            io.foreshard.stackvirt;
}
