import org.jspecify.annotations.NullMarked;

/** A sharding policy in a jar of its own, as an application or a third party writes one. */
@NullMarked
module io.foreshard.examples.shardpolicy {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires transitive io.foreshard.shardcodec;

    exports io.foreshard.examples.shardpolicy;
}
