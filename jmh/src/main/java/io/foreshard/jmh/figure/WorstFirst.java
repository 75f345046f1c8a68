package io.foreshard.jmh.figure;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The order in which the cases of a figure are told where more is worse: what did not run first, then the worst. */
public final class WorstFirst {

    private WorstFirst() {}

    /**
     * Returns the worst case under the figure's own name, then each case under its own.
     *
     * @param name the figure's
     * @param cases at least one
     */
    public static List<Figure> of(String name, Stream<Figure> cases) {
        // NaN, which stands for a case that did not run, sorts above every number.
        List<Figure> sorted = cases.sorted(
                        Comparator.comparingDouble(Figure::value).reversed())
                .toList();
        Figure worst = sorted.get(0);
        Figure whole = new Figure(name, worst.value(), worst.unit(), worst.target(), worst.peers());
        return Stream.concat(Stream.of(whole), sorted.stream()).toList();
    }
}
