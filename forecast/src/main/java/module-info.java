import org.jspecify.annotations.NullMarked;

/** Forecasters that learn online, sample by sample, in a small fixed memory. */
@NullMarked
module io.foreshard.forecast {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;

    exports io.foreshard.forecast;

    provides io.foreshard.coreapi.Provider with
            io.foreshard.forecast.DampedTrendProvider;
}
