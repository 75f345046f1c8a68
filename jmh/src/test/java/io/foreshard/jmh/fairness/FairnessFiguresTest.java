package io.foreshard.jmh.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.way.Bottleneck;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairnessFiguresTest {

    private final FairnessTally slow = new FairnessTally(new Bottleneck(20, 50));
    private final FairnessTally fast = new FairnessTally(new Bottleneck(50, 50));

    private static FairnessResult result(double ours, double tcp) {
        return new FairnessResult(ours, tcp, 30, 40);
    }

    private static void both(FairnessTally tally, double ours, double tcp) {
        tally.addBeside(true, result(ours, tcp));
        tally.addBeside(false, result(ours, tcp));
    }

    @Test
    void theFactorIsAboveOneWhoeverGetsMore() {
        both(slow, 8, 11);
        both(fast, 37.5, 10);
        List<Figure> figures = FairnessFigures.of(List.of(slow, fast));
        assertEquals(
                List.of("fairness", "fairness/50-mbit-queue-50-ms", "fairness/20-mbit-queue-50-ms"), names(figures));
        assertEquals(1.5, figures.get(0).value(), 1e-9);
        assertEquals(1.25, figures.get(2).value(), 1e-9);
        assertEquals("ok", figures.get(0).status());
    }

    @Test
    void theMedianRunOfTheWorseOrderCounts() {
        slow.addBeside(true, result(2, 17));
        slow.addBeside(true, result(4, 15));
        slow.addBeside(true, result(9, 10));
        slow.addBeside(false, result(15, 4));
        Figure figure = FairnessFigures.of(List.of(slow)).get(0);
        assertEquals(1 / 0.4, figure.value(), 1e-9);
        assertEquals("short", figure.status());
        assertEquals(0.2, slow.shares(true)[0], 1e-9);
    }

    @Test
    void whatDidNotRunIsOpenAndSaysWhy() {
        both(slow, 10, 9);
        fast.skip("exit 1: Operation not permitted");
        Figure worst = FairnessFigures.of(List.of(slow, fast)).get(0);
        assertEquals("open", worst.status());
        assertTrue(worst.line().contains("skipped(exit-1:-Operation-not-permitted)"), worst::line);
    }

    private static List<String> names(List<Figure> figures) {
        return figures.stream().map(Figure::name).toList();
    }
}
