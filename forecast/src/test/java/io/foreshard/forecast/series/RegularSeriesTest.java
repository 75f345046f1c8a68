package io.foreshard.forecast.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RegularSeriesTest {

    private static final double NONE = Double.NaN;
    private static final Instant START = Instant.parse("2014-04-10T00:04:00Z");
    private static final Duration STEP = Duration.ofMinutes(5);

    @Test
    void knowsTheTimeOfEachStepAndOfThoseAfterTheEnd() {
        RegularSeries series = RegularSeries.of(START, STEP, 1, 2, 3);
        assertEquals(Instant.parse("2014-04-10T00:14:00Z"), series.time(2));
        assertEquals(Instant.parse("2014-04-10T01:04:00Z"), series.time(12));
    }

    @Test
    void cannotBeChangedFromOutside() {
        double[] values = {1, 2};
        RegularSeries series = RegularSeries.of(START, STEP, values);
        values[0] = 9;
        series.values()[1] = 9;
        assertEquals(RegularSeries.of(START, STEP, 1, 2), series);
    }

    @Test
    void takesInfinitiesAsMissing() {
        assertEquals(
                2,
                RegularSeries.of(START, STEP, Double.NEGATIVE_INFINITY, 1, NONE).missing());
    }

    @Test
    void addsUpAmountsAndAveragesLevels() {
        RegularSeries series = RegularSeries.of(START, STEP, 1, 2, 3, 4, 5);
        assertArrayEquals(
                new double[] {3, 7}, series.aggregate(2, Aggregation.SUM).values());
        assertArrayEquals(
                new double[] {1.5, 3.5}, series.aggregate(2, Aggregation.MEAN).values());
        assertEquals(
                Duration.ofMinutes(10), series.aggregate(2, Aggregation.SUM).step());
        assertEquals(START, series.aggregate(2, Aggregation.SUM).start());
    }

    @Test
    void countsMissingStepsOfAGroupAsTheOthersAndGivesUpWhenMostAreMissing() {
        RegularSeries series = RegularSeries.of(START, STEP, 2, NONE, 4, NONE, NONE, 4);
        assertArrayEquals(
                new double[] {9, NONE}, series.aggregate(3, Aggregation.SUM).values());
        assertArrayEquals(
                new double[] {3, NONE}, series.aggregate(3, Aggregation.MEAN).values());
    }

    @Test
    void cutsStretchesThatKeepTheirTimes() {
        RegularSeries slice = RegularSeries.of(START, STEP, 1, 2, 3, 4).slice(1, 3);
        assertEquals(RegularSeries.of(START.plus(STEP), STEP, 2, 3), slice);
        assertEquals(0, slice.slice(2, 2).length());
    }

    @Test
    void putsAValueWhereALogTellsOfEventsOnly() {
        assertArrayEquals(
                new double[] {1, 0},
                RegularSeries.of(START, STEP, 1, NONE).withMissingAs(0).values());
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        RegularSeries series = RegularSeries.of(START, STEP, 1, 2);
        assertMessage(
                "step: PT0S (expected: above 0, at most 146 years)", () -> RegularSeries.of(START, Duration.ZERO));
        assertMessage("stepNanos: -1 (expected: > 0)", () -> RegularSeries.of(0, -1));
        assertMessage(
                "start: +1000000000-12-31T23:59:59.999999999Z (expected: a time in the years 1824 to 2116)",
                () -> RegularSeries.of(Instant.MAX, STEP));
        assertMessage("slice: 1…3 (expected: ascending within 0…2)", () -> series.slice(1, 3));
        assertMessage("slice: -1…1 (expected: ascending within 0…2)", () -> series.slice(-1, 1));
        assertMessage(
                "factor: 0 (expected: 1…" + Long.MAX_VALUE / STEP.toNanos() + ")",
                () -> series.aggregate(0, Aggregation.SUM));
        assertMessage("value: NaN (expected: finite)", () -> series.withMissingAs(NONE));
        assertThrows(IllegalArgumentException.class, () -> RegularSeries.of(0, Long.MAX_VALUE / 4, 1, 2, 3, 4));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable executable) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, executable).getMessage());
    }
}
