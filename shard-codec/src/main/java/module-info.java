import org.jspecify.annotations.NullMarked;

/** Wire format v1, block geometry and sharding policies. No sockets. */
@NullMarked
module io.foreshard.shardcodec {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires io.foreshard.runtime;
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires transitive io.netty.codec;

    exports io.foreshard.shardcodec;
    exports io.foreshard.shardcodec.spi;
}
