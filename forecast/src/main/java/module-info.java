import org.jspecify.annotations.NullMarked;

/** Forecasters that learn online, sample by sample, in a small fixed memory. */
@NullMarked
module io.foreshard.forecast {
    requires static transitive org.jspecify;
    requires transitive io.foreshard.coreapi;
    requires commons.math3;

    exports io.foreshard.forecast.arima;
    exports io.foreshard.forecast.automatic;
    exports io.foreshard.forecast.autoregression;
    exports io.foreshard.forecast.backtest;
    exports io.foreshard.forecast.baseline;
    exports io.foreshard.forecast.decision;
    exports io.foreshard.forecast.decomposition;
    exports io.foreshard.forecast.ets;
    exports io.foreshard.forecast.intermittent;
    exports io.foreshard.forecast.interval;
    exports io.foreshard.forecast.model;
    exports io.foreshard.forecast.online;
    exports io.foreshard.forecast.score;
    exports io.foreshard.forecast.series;
    exports io.foreshard.forecast.theta;
    exports io.foreshard.forecast;

    provides io.foreshard.coreapi.Provider with
            io.foreshard.forecast.AutomaticProvider,
            io.foreshard.forecast.DampedTrendProvider,
            io.foreshard.forecast.OnlineProvider;
}
