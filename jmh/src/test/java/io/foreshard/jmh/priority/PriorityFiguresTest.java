package io.foreshard.jmh.priority;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.jmh.figure.Figure;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorityFiguresTest {

    @TempDir
    Path folder;

    private static PriorityTally tally(int samples, long nanos) {
        PriorityTally tally = new PriorityTally();
        tally.add(new PriorityResult(625_000_000, 100_000_000_000L, Collections.nCopies(samples, nanos)));
        return tally;
    }

    private static Map<PriorityVariant, PriorityTally> pair(int samples, long with, long without) {
        return Map.of(
                PriorityVariant.CLASSES, tally(samples, with), PriorityVariant.NO_CLASSES, tally(samples, without));
    }

    @Test
    void theWorstConditionComesFirst() {
        List<Figure> figures = PriorityFigures.of(
                Map.of(1 << 20, pair(1000, 30_000_000, 200_000_000), 8 << 20, pair(1000, 30_000_000, 1_500_000_000)));
        assertEquals(
                List.of("priority", "priority/backlog-1-MiB", "priority/backlog-8-MiB"),
                figures.stream().map(Figure::name).toList());
        assertEquals(0.15, figures.get(0).value(), 1e-9);
        assertEquals("ok", figures.get(0).status());
    }

    @Test
    void tooFewSamplesGiveTheNinetiethPercentile() {
        assertEquals(
                "p90/p90",
                PriorityFigures.of(Map.of(1 << 20, pair(999, 1, 2))).get(0).unit());
        assertEquals(
                "p99/p99",
                PriorityFigures.of(Map.of(1 << 20, pair(1000, 1, 2))).get(0).unit());
    }

    @Test
    void aVariantThatDidNotRunLeavesTheFigureOpen() {
        PriorityTally none = new PriorityTally();
        none.skip("stopped");
        Figure figure = PriorityFigures.of(Map.of(
                        1 << 20, Map.of(PriorityVariant.CLASSES, none, PriorityVariant.NO_CLASSES, tally(1000, 5))))
                .get(0);
        assertEquals("open", figure.status());
    }

    @Test
    void aResultIsReadAsItWasWritten() throws Exception {
        PriorityResult result = new PriorityResult(6_250_000, 1_000_000_000, List.of(5L, 7L));
        Path file = folder.resolve("rows");
        result.write(file);
        assertEquals(result, PriorityResult.read(file));
        assertEquals(50, result.bulkMegabitsPerSecond(), 1e-9);
    }
}
