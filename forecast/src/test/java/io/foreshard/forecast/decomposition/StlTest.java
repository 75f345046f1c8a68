package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StlTest {

    private static final Mstl DAY_AND_WEEK = Mstl.builder(24, 168).build();

    /** A day of height 10, a week of height 4, a slow rise. */
    private static double[] dayAndWeek(int count) {
        double[] series = new double[count];
        for (int i = 0; i < count; i++) {
            series[i] = 50
                    + 0.01 * i
                    + 10 * Math.sin(2 * Math.PI * i / 24)
                    + 4 * Math.cos(2 * Math.PI * i / 168)
                    + 0.5 * Math.sin(i * 12.9898) * Math.cos(i * 78.233);
        }
        return series;
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void partsAddUpToTheSeries() {
        double[] series = dayAndWeek(500);
        Decomposition parts = DAY_AND_WEEK.decompose(series);
        double[] sum = parts.remainder();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += parts.trend()[i] + parts.seasonal(0)[i] + parts.seasonal(1)[i];
        }
        assertArrayEquals(series, sum, 1e-12);
    }

    @Test
    void tellsADayFromAWeek() {
        Decomposition parts = DAY_AND_WEEK.decompose(dayAndWeek(168 * 6));
        for (int i = 0; i < parts.length(); i++) {
            assertEquals(10 * Math.sin(2 * Math.PI * i / 24), parts.seasonal(0)[i], 1.2);
            assertEquals(4 * Math.cos(2 * Math.PI * i / 168), parts.seasonal(1)[i], 1.2);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-9, 1e12, 1e290})
    void unitsAndLevelsDoNotMatter(double unit) {
        double[] series = dayAndWeek(400);
        double[] other =
                Arrays.stream(series).map(value -> (value + 1e3) * unit).toArray();
        Decomposition parts = DAY_AND_WEEK.decompose(series);
        Decomposition otherParts = DAY_AND_WEEK.decompose(other);
        double[] trend = Arrays.stream(otherParts.trend())
                .map(value -> value / unit - 1e3)
                .toArray();
        double[] season =
                Arrays.stream(otherParts.seasonal(1)).map(value -> value / unit).toArray();
        assertArrayEquals(parts.trend(), trend, 1e-9);
        assertArrayEquals(parts.seasonal(1), season, 1e-9);
    }

    @Test
    void missingSamplesHardlyChangeTheParts() {
        double[] series = dayAndWeek(168 * 5);
        double[] holed = series.clone();
        for (int i = 0; i < holed.length; i += 9) {
            holed[i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        Arrays.fill(holed, 300, 320, Double.NaN);
        Decomposition parts = DAY_AND_WEEK.decompose(holed);
        Decomposition whole = DAY_AND_WEEK.decompose(series);
        assertTrue(largestDifference(whole.trend(), parts.trend()) < 0.6);
        assertTrue(largestDifference(whole.seasonal(0), parts.seasonal(0)) < 1);
        assertTrue(Double.isNaN(parts.remainder()[310]));
        assertTrue(Double.isNaN(parts.adjusted()[9]));
        assertTrue(Double.isFinite(parts.remainder()[1]));
    }

    @Test
    void whatMissingSamplesHeldDoesNotMatter() {
        double[] first = dayAndWeek(100);
        double[] second = first.clone();
        first[40] = Double.NaN;
        second[40] = Double.NEGATIVE_INFINITY;
        Stl stl = Stl.builder(24).robust(true).build();
        assertArrayEquals(stl.decompose(first).trend(), stl.decompose(second).trend());
    }

    @Test
    void outliersDoNotReachTheSeasonWhenItIsRobust() {
        double[] series = dayAndWeek(24 * 20);
        double[] hit = series.clone();
        hit[100] += 500;
        hit[333] -= 900;
        Stl robust = Stl.builder(24).robust(true).build();
        double[] clean = robust.decompose(series).seasonal(0);
        assertTrue(largestDifference(clean, robust.decompose(hit).seasonal(0)) < 0.5);
        Stl plain = Stl.builder(24).build();
        assertTrue(largestDifference(clean, plain.decompose(hit).seasonal(0)) > 50);
    }

    @Test
    void dropsSeasonsTheSeriesIsTooShortFor() {
        assertArrayEquals(
                new int[] {24, 168}, DAY_AND_WEEK.decompose(dayAndWeek(337)).periods());
        assertArrayEquals(
                new int[] {24}, DAY_AND_WEEK.decompose(dayAndWeek(336)).periods());
        assertArrayEquals(new int[0], DAY_AND_WEEK.decompose(dayAndWeek(48)).periods());
        assertEquals(1, DAY_AND_WEEK.decompose(new double[] {7}).trend().length);
    }

    @Test
    void nextCycleGoesOnWhereTheSeriesEnds() {
        Decomposition parts = Stl.builder(24).periodic().build().decompose(dayAndWeek(24 * 6 + 5));
        double[] next = parts.nextCycle(0);
        for (int phase = 0; phase < 24; phase++) {
            assertEquals(parts.seasonal(0)[(5 + phase) % 24], next[phase]);
        }
    }

    @Test
    void staysFiniteWhateverTheSeriesIs() {
        Property.named("decompositions are finite").runs(150).maxSize(300).check((random, size) -> {
            double[] series = hostile(random, size);
            Decomposition parts =
                    Mstl.builder(7, 24, 30).robust(random.nextBoolean()).build().decompose(series);
            assertTrue(Arrays.stream(parts.trend()).allMatch(Double::isFinite));
            for (int index = 0; index < parts.periods().length; index++) {
                assertTrue(Arrays.stream(parts.seasonal(index)).allMatch(Double::isFinite));
            }
            double[] remainder = parts.remainder();
            for (int i = 0; i < size; i++) {
                assertEquals(Double.isFinite(series[i]), Double.isFinite(remainder[i]), "step " + i);
            }
        });
    }

    private static double[] hostile(SeededRandom random, int size) {
        int kind = random.nextInt(4);
        double[] series = new double[size];
        for (int i = 0; i < size; i++) {
            series[i] = switch (kind) {
                case 0 -> 42;
                case 1 -> random.nextInt(10) == 0 ? 1 : 0;
                case 2 -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextInt(-300, 299));
                default -> random.nextInt(3) == 0 ? Double.NaN : random.nextDouble();
            };
        }
        series[random.nextInt(size)] = 3;
        return series;
    }

    @Test
    void saysWhatIsWrongWithItsInput() {
        Stl day = Stl.builder(24).build();
        assertEquals(
                "series: 48 steps (expected: more than two periods of 24)",
                assertThrows(IllegalArgumentException.class, () -> day.decompose(new double[48]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> DAY_AND_WEEK.decompose(new double[0]));
        double[] nothing = new double[60];
        Arrays.fill(nothing, Double.NaN);
        assertEquals(
                "series: 60 steps without a finite sample (expected: at least one)",
                assertThrows(IllegalArgumentException.class, () -> day.decompose(nothing))
                        .getMessage());
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Stl.builder(1));
        assertThrows(IllegalArgumentException.class, () -> Mstl.builder(24, 24));
        Stl.Builder stl = Stl.builder(24);
        assertThrows(IllegalArgumentException.class, () -> stl.seasonalWindow(10));
        assertThrows(IllegalArgumentException.class, () -> stl.trendWindow(1));
        assertThrows(IllegalArgumentException.class, () -> stl.lowPassDegree(2));
        assertThrows(IllegalArgumentException.class, () -> stl.jumps(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> stl.iterations(0, 0));
        Mstl.Builder mstl = Mstl.builder(24, 168);
        assertThrows(IllegalArgumentException.class, () -> mstl.seasonalWindows(7, 7, 7));
        assertThrows(IllegalArgumentException.class, () -> mstl.iterations(0));
    }
}
