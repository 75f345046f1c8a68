package io.foreshard.jmh.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.jmh.series.NamedSeries;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkWindowTest {

    private final NamedSeries line = new NamedSeries(
            "line", 4, 4, IntStream.range(0, 40).asDoubleStream().toArray());

    @Test
    void reachesFromTheMiddleToTheEnd() {
        assertEquals(20, new NetworkWindow(line, 0).known().length);
        assertEquals(36, new NetworkWindow(line, NetworkWindow.COUNT - 1).known().length);
    }

    @Test
    void repeatsTheLastSeason() {
        assertArrayEquals(new double[] {16, 17, 18, 19}, new NetworkWindow(line, 0).lastSeason());
    }

    @Test
    void givesTheSeasonalNaiveForecastOfALineAScoreOfOne() {
        NetworkWindow window = new NetworkWindow(line, 0);
        String row = window.row("snaive", Intervals.point(window.lastSeason()), 0);
        assertEquals(1, NetworkScore.parse(row.split(",", -1)).mase(), 1e-6);
    }
}
