package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StlGoldenTest {

    private static final Golden R = Golden.load("stl.properties");
    private static final Golden STATSMODELS = Golden.load("stl-statsmodels.properties");

    @ParameterizedTest
    @ValueSource(strings = {"default", "periodic", "robust", "everyPoint", "longWindow"})
    void takesSeriesApartAsRDoes(String name) {
        Decomposition parts = stl(name).decompose(R.values(name + ".series"));
        int[] steps = R.steps(name + ".steps");
        Golden.assertAt(steps, R.values(name + ".seasonal"), parts.seasonal(0), 1e-11);
        Golden.assertAt(steps, R.values(name + ".trend"), parts.trend(), 1e-11);
        Golden.assertAt(steps, R.values(name + ".remainder"), parts.remainder(), 1e-10);
    }

    private static Stl stl(String name) {
        return switch (name) {
            case "default" -> Stl.builder(24).build();
            case "periodic" -> Stl.builder(12).periodic().build();
            case "robust" ->
                Stl.builder(7).seasonalWindow(7).trendWindow(21).robust(true).build();
            case "everyPoint" ->
                Stl.builder(10)
                        .seasonalWindow(9)
                        .seasonalDegree(1)
                        .trendWindow(17)
                        .trendDegree(0)
                        .lowPassWindow(13)
                        .lowPassDegree(0)
                        .jumps(1, 1, 1)
                        .build();
            case "longWindow" ->
                Stl.builder(24).seasonalWindow(35).iterations(3, 2).build();
            default -> throw new AssertionError(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "robust"})
    void takesSeriesApartAsStatsmodelsDoes(String name) {
        boolean robust = name.equals("robust");
        Stl.Builder stl = Stl.builder(14)
                .seasonalWindow(13)
                .seasonalDegree(1)
                .trendWindow(27)
                .lowPassWindow(15)
                .iterations(2, robust ? 5 : 0);
        stl = robust ? stl.jumps(2, 3, 2) : stl.jumps(1, 1, 1);
        Decomposition parts = stl.build().decompose(STATSMODELS.values(name + ".series"));
        int[] steps = IntStream.range(0, 60).map(i -> 3 * i).toArray();
        Golden.assertAt(steps, STATSMODELS.values(name + ".seasonal"), parts.seasonal(0), 1e-11);
        Golden.assertAt(steps, STATSMODELS.values(name + ".trend"), parts.trend(), 1e-11);
    }

    @Test
    void findsTwoSeasonsAsMstlOfRDoes() {
        Decomposition parts = Mstl.builder(168, 24).build().decompose(R.values("mstl.series"));
        int[] steps = R.steps("mstl.steps");
        assertArrayEquals(new int[] {24, 168}, parts.periods());
        Golden.assertAt(steps, R.values("mstl.seasonal24"), parts.seasonal(0), 1e-11);
        Golden.assertAt(steps, R.values("mstl.seasonal168"), parts.seasonal(1), 1e-11);
        Golden.assertAt(steps, R.values("mstl.trend"), parts.trend(), 1e-11);
        Golden.assertAt(steps, R.values("mstl.remainder"), parts.remainder(), 1e-10);
    }

    @Test
    void findsTwoSeasonsDespiteOutliersAsMstlOfRDoes() {
        Decomposition parts = Mstl.builder(24, 168)
                .seasonalWindows(13)
                .robust(true)
                .iterations(3)
                .build()
                .decompose(R.values("mstl.series"));
        int[] steps = R.steps("mstl.steps");
        Golden.assertAt(steps, R.values("mstl.robustTrend"), parts.trend(), 1e-11);
        Golden.assertAt(steps, R.values("mstl.robustSeasonal168"), parts.seasonal(1), 1e-11);
    }
}
