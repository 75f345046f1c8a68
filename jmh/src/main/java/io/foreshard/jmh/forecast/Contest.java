package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Figure;
import java.io.IOException;
import java.util.function.Consumer;

/** What gives one or more figures. What cannot run gives open ones. */
interface Contest {

    void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException;
}
