package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonDetectorTest {

    private static final SeasonDetector ANY = SeasonDetector.ofAnyStep();
    private static final SeasonDetector HOURS = SeasonDetector.ofStep(Duration.ofHours(1));

    /** Series without a season. */
    private enum Seasonless {
        WHITE,
        WALK,
        WALK_AND_NOISE,
        AUTOREGRESSION,
        SKEWED,
        HEAVY_TAILS,
        SHIFTS;

        double[] draw(SeededRandom random, int count) {
            double[] series = new double[count];
            double state = 0;
            for (int i = 0; i < count; i++) {
                double noise = random.nextGaussian();
                state = (this == AUTOREGRESSION ? 0.9 : 1) * state + noise;
                series[i] = switch (this) {
                    case WHITE -> noise;
                    case WALK, AUTOREGRESSION -> state;
                    case WALK_AND_NOISE -> 0.3 * state + 2 * random.nextGaussian();
                    case SKEWED -> Math.exp(1.5 * noise);
                    case HEAVY_TAILS -> noise / random.nextGaussian();
                    case SHIFTS -> (i > count / 3 ? 10 : 0) - (i > count / 2 ? 4 : 0) + noise;
                };
            }
            return series;
        }
    }

    @ParameterizedTest
    @EnumSource(Seasonless.class)
    void findsNoneInSeriesWithoutASeasonAtLeast98TimesOf100(Seasonless kind) {
        int[] found = {0};
        int[] runs = {0};
        Property.named("false alarms on " + kind).runs(200).maxSize(3).check((random, size) -> {
            double[] series = kind.draw(random, size == 1 ? 60 : size == 2 ? 200 : 700);
            found[0] += ANY.detect(series).length > 0 ? 1 : 0;
            found[0] += HOURS.detect(series).length > 0 ? 1 : 0;
            runs[0] += 2;
        });
        assertTrue(found[0] <= 0.02 * runs[0], found[0] + " false alarms in " + runs[0] + " runs");
    }

    @ParameterizedTest
    @CsvSource({
        "24,200",
        "24,700",
        "168,1000",
        "7,60",
        "12,100",
        "48,500",
        "288,1500",
        "17,250",
        "100,900",
        "5,60",
        "5,80"
    })
    void findsAClearSeason(int period, int count) {
        Property.named("finds " + period).runs(10).check((random, size) -> {
            double[] shape = random.doubles(period).map(value -> 10 * value).toArray();
            double[] series = new double[count];
            for (int i = 0; i < count; i++) {
                series[i] = shape[i % period] + 0.02 * i + 0.5 * random.nextGaussian();
            }
            assertArrayEquals(new int[] {period}, ANY.detect(series), () -> Arrays.toString(ANY.detect(series)));
        });
    }

    @Test
    void findsASmoothSeasonInNoiseTrendAndOutliers() {
        Property.named("finds 24 in noise, trend and outliers").runs(30).check((random, size) -> {
            double[] series = new double[480];
            double level = 0;
            for (int i = 0; i < series.length; i++) {
                level += 0.3 * random.nextGaussian() + 0.05;
                double outlier = random.chance(0.02) ? 100 : 0;
                series[i] = level + 3 * Math.sin(2 * Math.PI * i / 24) + random.nextGaussian() + outlier;
            }
            assertArrayEquals(new int[] {24}, HOURS.detect(series));
        });
    }

    @Test
    void findsAPeakThatComesBackEveryDay() {
        double[] series = Seasonless.WHITE.draw(new SeededRandom(4), 700);
        for (int i = 5; i < series.length; i += 24) {
            series[i] += 12;
        }
        assertArrayEquals(new int[] {24}, ANY.detect(series));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7, 12})
    void findsASeasonWithoutAnyNoise(int period) {
        double[] series = new double[60];
        Arrays.setAll(series, i -> i % period == 1 ? 5 : 0);
        assertArrayEquals(new int[] {period}, ANY.detect(series));
    }

    @Test
    void findsTheDayAndTheWeek() {
        Property.named("finds day and week").runs(15).check((random, size) -> {
            double[] series = new double[168 * 5];
            for (int i = 0; i < series.length; i++) {
                double busy = i / 24 % 7 >= 5 ? 0.4 : 1;
                series[i] = 100 * busy * (1 + 0.5 * Math.sin(2 * Math.PI * i / 24)) + 5 * random.nextGaussian();
            }
            assertArrayEquals(new int[] {24, 168}, HOURS.detect(series));
            assertArrayEquals(new int[] {24, 168}, ANY.detect(series));
        });
    }

    @Test
    void findsTheDayAndTheWeekOfFiveMinutes() {
        SeededRandom random = new SeededRandom(5);
        double[] series = new double[2016 * 4];
        for (int i = 0; i < series.length; i++) {
            double busy = i / 288 % 7 >= 5 ? 0.4 : 1;
            series[i] = 100 * busy * (1 + 0.5 * Math.sin(2 * Math.PI * i / 288)) + 10 * random.nextGaussian();
        }
        assertArrayEquals(
                new int[] {288, 2016},
                SeasonDetector.ofStep(Duration.ofMinutes(5)).detect(series));
    }

    @Test
    void findsTwoPeriodsThatHaveNothingToDoWithEachOther() {
        SeededRandom random = new SeededRandom(6);
        double[] series = new double[1200];
        for (int i = 0; i < series.length; i++) {
            series[i] = 5 * Math.sin(2 * Math.PI * i / 24) + (i % 55 < 20 ? 4 : 0) + random.nextGaussian();
        }
        assertArrayEquals(new int[] {24, 55}, ANY.detect(series));
    }

    @Test
    void seesThroughGaps() {
        SeededRandom random = new SeededRandom(7);
        double[] series = new double[480];
        for (int i = 0; i < series.length; i++) {
            boolean missing = random.chance(0.1) || (i > 200 && i < 230);
            series[i] = missing ? Double.NaN : 5 * Math.sin(2 * Math.PI * i / 24) + random.nextGaussian();
        }
        assertArrayEquals(new int[] {24}, HOURS.detect(series));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-9, 1e12, 1e300})
    void unitsDoNotMatter(double unit) {
        double[] series = Seasonless.WHITE.draw(new SeededRandom(8), 200);
        for (int i = 0; i < series.length; i++) {
            series[i] = unit * (30 + 3 * Math.sin(2 * Math.PI * i / 24) + series[i]);
        }
        assertArrayEquals(new int[] {24}, HOURS.detect(series));
    }

    @Test
    void findsNoneWhereThereIsNothingToFind() {
        assertEquals(0, ANY.detect(new double[0]).length);
        assertEquals(0, ANY.detect(new double[] {1, 2, 1, 2, 1}).length);
        assertEquals(0, ANY.detect(new double[500]).length);
        double[] missing = new double[500];
        Arrays.fill(missing, Double.NaN);
        assertEquals(0, ANY.detect(missing).length);
        double[] ramp = new double[500];
        Arrays.setAll(ramp, i -> 2.0 * i);
        assertEquals(0, ANY.detect(ramp).length);
    }

    @Test
    void looksForNoPeriodThatIsNotThereThreeTimes() {
        double[] series = new double[71];
        Arrays.setAll(series, i -> Math.sin(2 * Math.PI * i / 24));
        for (int period : ANY.detect(series)) {
            assertTrue(3 * period <= series.length);
        }
    }

    @Test
    void refusesStepsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> SeasonDetector.ofStep(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> SeasonDetector.ofStep(Duration.ofHours(-1)));
    }
}
