package io.foreshard.forecast.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores against R; the resource names the versions, src/test/golden/score.R writes it. */
class ScoreGoldenTest {

    private static final Properties GOLDEN = new Properties();
    private static final double[] HAPPENED = {-3, 0, 0.7, 5};

    @BeforeAll
    static void load() throws IOException {
        try (InputStream in = ScoreGoldenTest.class.getResourceAsStream("score.properties")) {
            GOLDEN.load(Objects.requireNonNull(in));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snaive", "rwf"})
    void pointScoresEqualThoseOfAccuracy(String method) {
        double[] series = values("series");
        double[] actual = Arrays.copyOfRange(series, 108, 120);
        double[] forecast = values(method + ".forecast");
        double scale = NaiveScale.meanAbsolute(Arrays.copyOf(series, 108), 12);
        double[] scores = {
            PointScores.mae(actual, forecast),
            PointScores.rmse(actual, forecast),
            PointScores.mase(actual, forecast, scale)
        };
        assertArrayEquals(values(method + ".mae.rmse.mase"), scores, 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "2,1", "2,2", "6,1", "6,2"})
    void testsEqualThoseOfDieboldAndMariano(int horizon, int power) {
        DieboldMariano test = DieboldMariano.ofErrors(values("dm.first"), values("dm.second"), horizon, power);
        double[] expected = values("dm.h" + horizon + ".power" + power);
        assertEquals(expected[0], test.statistic(), 1e-11);
        assertEquals(expected[1], test.pValue(), 1e-11);
        assertEquals(60, test.samples());
    }

    @Test
    void scoresOfNormalDistributionsEqualTheIntegral() {
        double[] scores = Arrays.stream(HAPPENED)
                .map(actual -> Crps.gaussian(actual, 0.5, 2))
                .toArray();
        assertArrayEquals(values("crps.gaussian"), scores, 1e-8);
    }

    @Test
    void scoresOfEnsemblesEqualTheDoubleSum() {
        double[] members = values("crps.members");
        double[] scores = Arrays.stream(HAPPENED)
                .map(actual -> Crps.ofEnsemble(actual, members))
                .toArray();
        assertArrayEquals(values("crps.ensemble"), scores, 1e-12);
    }

    @Test
    void naive2EqualsTheRulesOfTheCompetition() {
        double[] train = Arrays.copyOf(values("series"), 108);
        assertTrue(Naive2.hasSeason(train, 12));
        assertArrayEquals(values("naive2.even"), Naive2.forecast(train, 12, 30), 1e-10);
        assertArrayEquals(values("naive2.odd"), Naive2.forecast(train, 7, 10), 1e-10);
        assertTrue(Naive2.hasSeason(values("weekly"), 7));
        assertArrayEquals(values("naive2.weekly"), Naive2.forecast(values("weekly"), 7, 10), 1e-10);
    }

    private static double[] values(String key) {
        return Arrays.stream(GOLDEN.getProperty(key).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
