package io.foreshard.jmh;

import io.foreshard.jmh.figure.Figure;
import java.io.IOException;
import java.util.function.Consumer;

/** The comparison of one engine with its peers. */
interface Comparison {

    /**
     * Runs every figure's contest. A figure whose contest cannot run is handed over as open.
     *
     * @param settings how long and on what
     * @param figures receives each figure as soon as it is known
     * @throws IOException if files of the run itself cannot be written
     */
    void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException;
}
