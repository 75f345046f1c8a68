package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastScoreTest {

    private static final double EXACT = 1e-12;

    /** A score whose memory is so long that nothing fades. */
    private static ForecastScore lasting(int steps) {
        return new ForecastScore(steps, 1e15);
    }

    @Test
    void isTheMeanErrorOverAllStepsAheadInUnitsOfTheNaiveForecasts() {
        ForecastScore score = lasting(2);
        score.observe(10);
        score.expect(new double[] {13, 20});
        score.observe(12);
        assertEquals(1 / 2.0, score.value(), EXACT, "13 for 12, where 10 would have stood");
        assertEquals(1, score.scored());
        score.expect(new double[] {14, 99});
        score.observe(16);
        // 14 for 16 against 12, and from before 20 for 16 against 10.
        assertEquals((1 + 2 + 4) / (2.0 + 4 + 6), score.value(), EXACT);
        assertEquals(2, score.scored(), "a sample counts once");
        score.expect(new double[] {15, 15});
        score.observe(11);
        // 15 for 11 against 16, and 99 for 11 against 12; 13 and 20 have had their time.
        assertEquals((7.0 + 4 + 88) / (12.0 + 5 + 1), score.value(), EXACT);
    }

    @Test
    void aPerfectForecastScoresNothingAndTheNaiveOneOne() {
        ForecastScore perfect = lasting(3);
        ForecastScore naive = lasting(3);
        SplittableRandom random = new SplittableRandom(1);
        double[] series = random.doubles(200).toArray();
        for (int i = 0; i + 3 < series.length; i++) {
            perfect.observe(series[i]);
            perfect.expect(Arrays.copyOfRange(series, i + 1, i + 4));
            naive.observe(series[i]);
            naive.expect(new double[] {series[i], series[i], series[i]});
        }
        assertEquals(0, perfect.value());
        assertEquals(1, naive.value(), EXACT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aForecastThatIsNoNumberCountsAsWorseThanTheNaiveOneAndIsForgivenLater(double nonsense) {
        ForecastScore score = new ForecastScore(1, 10);
        score.observe(4);
        score.expect(new double[] {nonsense});
        score.observe(6);
        assertEquals((2 + 6) / 2.0, score.value(), EXACT);
        for (int i = 0; i < 200; i++) {
            double next = 4 + i % 2 * 2;
            score.expect(new double[] {next});
            score.observe(next);
        }
        assertEquals(0, score.value(), 1e-6);
    }

    @Test
    void aStepWithoutASampleIsPassedOverAndTheLastSampleStandsMeanwhile() {
        ForecastScore score = lasting(2);
        score.observe(10);
        score.expect(new double[] {50, 11});
        score.observe(Double.NaN);
        assertEquals(0, score.scored());
        assertTrue(Double.isNaN(score.value()));
        score.expect(new double[] {12, 50});
        score.observe(14);
        // 11 for 14 made two steps ago and 12 for 14 made in the gap, both against 10.
        assertEquals((3 + 2) / (4.0 + 4), score.value(), EXACT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anInfiniteSampleIsNone(double infinite) {
        ForecastScore score = lasting(1);
        score.observe(10);
        score.expect(new double[] {11});
        score.observe(infinite);
        assertEquals(0, score.scored());
        score.expect(new double[] {11});
        score.observe(12);
        assertEquals(1 / 2.0, score.value(), EXACT);
    }

    @Test
    void whatWasExpectedLongAgoDoesNotPassForNewWhereNothingIsExpectedNow() {
        ForecastScore score = lasting(2);
        score.observe(10);
        score.expect(new double[] {11, 12});
        score.observe(11);
        score.expectNothing();
        score.observe(12);
        assertEquals(2, score.scored());
        for (int i = 0; i < 10; i++) {
            score.observe(100 + i);
        }
        assertEquals(2, score.scored(), "neither with expectNothing nor without");
        assertEquals(0, score.value());
    }

    @Test
    void whatWasExpectedBeforeTheFirstSampleIsNotScored() {
        ForecastScore score = lasting(2);
        score.observe(Double.NaN);
        score.expect(new double[] {0, 0});
        score.observe(5);
        assertEquals(0, score.scored());
    }

    @Test
    void aConstantSeriesThatWasForeseenHasNoScaledError() {
        ForecastScore score = lasting(1);
        for (int i = 0; i < 10; i++) {
            score.observe(3);
            score.expect(new double[] {3});
        }
        assertEquals(9, score.scored());
        assertTrue(Double.isNaN(score.value()));
    }

    @Test
    void oldErrorsFadeToOneEthWithinTheMemory() {
        ForecastScore score = new ForecastScore(1, 20);
        score.observe(0);
        score.expect(new double[] {3});
        score.observe(1);
        assertEquals(2, score.value(), EXACT);
        for (int i = 0; i < 20; i++) {
            score.expect(new double[] {1});
            score.observe(1);
        }
        assertEquals(2, score.value(), 1e-9, "both sums fade alike");
        score.expect(new double[] {2});
        score.observe(2);
        double faded = Math.exp(-21 / 20.0);
        assertEquals(2 * faded / (faded + 1), score.value(), 1e-9);
    }

    @Test
    void needsAStepToLookAhead() {
        assertThrows(IllegalArgumentException.class, () -> new ForecastScore(0, 10));
    }
}
