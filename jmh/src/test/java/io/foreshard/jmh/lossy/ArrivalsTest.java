package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    @Test
    void aSeedGivesTheSameScheduleToEveryone() {
        assertEquals(nanos(Arrivals.poisson(250, 5)), nanos(Arrivals.poisson(250, 5)));
        assertNotEquals(nanos(Arrivals.poisson(250, 5)), nanos(Arrivals.poisson(250, 6)));
    }

    @Test
    void asManyAsCountComeAfterTheWarmUpInOrder() {
        Arrivals arrivals = Arrivals.poisson(250, 1);
        assertEquals(250, arrivals.count() - arrivals.warmUp());
        assertEquals(nanos(arrivals).stream().sorted().toList(), nanos(arrivals));
    }

    @Test
    void gapsHaveTheMeanAndTheSpreadOfAPoissonProcessAt30PercentOfTheLink() {
        Arrivals arrivals = Arrivals.poisson(50_000, 3);
        double mean = arrivals.atNanos(arrivals.count() - 1) / 1e9 / arrivals.count();
        double square = 0;
        for (int index = 1; index < arrivals.count(); index++) {
            double gap = (arrivals.atNanos(index) - arrivals.atNanos(index - 1)) / 1e9;
            square += gap * gap / arrivals.count();
        }
        double expected = Arrivals.MESSAGE_BYTES / (0.3 * Condition.LINK_BYTES_PER_SECOND);
        assertEquals(expected, mean, 0.02 * expected);
        assertEquals(expected, Math.sqrt(square - mean * mean), 0.02 * expected);
    }

    private static List<Long> nanos(Arrivals arrivals) {
        return IntStream.range(0, arrivals.count()).mapToObj(arrivals::atNanos).toList();
    }
}
