import org.jspecify.annotations.NullMarked;

/** Contract tests for implementations of Foreshard's decision interfaces, run by their authors. */
@NullMarked
module io.foreshard.tck {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.addrsharding;
    requires transitive io.foreshard.coreapi;
    requires transitive io.foreshard.flowshaper;
    requires transitive io.foreshard.flowsharder;
    requires transitive io.foreshard.shardcodec;
    requires transitive io.foreshard.stackvirt;
    requires transitive org.junit.jupiter.api;
    requires java.management;
    requires jdk.management;

    exports io.foreshard.tck;
}
