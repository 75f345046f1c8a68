import org.jspecify.annotations.NullMarked;

/** What two or more Foreshard engines share: vocabulary without behaviour. */
@NullMarked
module io.foreshard.coreapi {
    requires static transitive org.jspecify;

    exports io.foreshard.coreapi;
}
