import org.jspecify.annotations.NullMarked;

/** Bounded predictive reassembly: shards in, whole messages or typed failures out. No sockets. */
@NullMarked
module io.foreshard.reassembler {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires transitive io.foreshard.shardcodec;
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires io.foreshard.runtime;
    requires io.netty.common;

    exports io.foreshard.reassembler;
}
