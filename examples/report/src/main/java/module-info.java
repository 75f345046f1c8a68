import org.jspecify.annotations.NullMarked;

/** Reports of the example programs: self-contained HTML with plots, text tables, progress. */
@NullMarked
module io.foreshard.examples.report {
    requires static transitive org.jspecify;

    exports io.foreshard.examples.report;
}
