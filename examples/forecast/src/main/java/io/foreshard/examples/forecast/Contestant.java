package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecaster;
import java.util.function.Supplier;

/**
 * A way to forecast.
 *
 * @param name as shown
 * @param make makes a forecaster that has seen nothing yet
 */
record Contestant(String name, Supplier<Forecaster> make) {}
