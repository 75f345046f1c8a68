import org.jspecify.annotations.NullMarked;

/** Forecasts series from CSV files and back-tests the forecasts. */
@NullMarked
module io.foreshard.examples.forecast {
    requires static org.jspecify;
    requires io.foreshard.coreapi;
    requires io.foreshard.examples.report;
    requires io.foreshard.forecast;
    requires info.picocli;
    requires java.management;

    opens io.foreshard.examples.forecast to
            info.picocli;
}
