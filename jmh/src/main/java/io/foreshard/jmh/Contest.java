package io.foreshard.jmh;

import io.foreshard.jmh.figure.Figure;
import java.io.IOException;
import java.util.function.Consumer;

/** What gives one or more figures. What cannot run gives open ones. */
public interface Contest {

    /**
     * Measures.
     *
     * @param settings how long and on what
     * @param figures receives each figure as soon as it is known
     * @throws IOException if files of the run itself cannot be read or written
     */
    void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException;
}
