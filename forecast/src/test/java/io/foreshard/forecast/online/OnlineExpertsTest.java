package io.foreshard.forecast.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.forecast.interval.HistoryRange;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnlineExpertsTest {

    private static final double[] SEASON = {1, 5, 2, 8, 3, 13, 7};

    @Test
    void theModelRepeatsAPureSeasonAtEveryStep() {
        OnlineModel model = OnlineModel.untaught(new int[] {SEASON.length}, false);
        for (int step = 0; step < 60 * SEASON.length + 3; step++) {
            model.update(SEASON[step % SEASON.length]);
        }
        double[] mean = new double[20];
        double[] expected = new double[20];
        Arrays.setAll(expected, step -> SEASON[(step + 3) % SEASON.length]);
        model.forecast(mean);
        assertArrayEquals(expected, mean, 1e-3);
    }

    @Test
    void remembersTheSeasonAndCarriesTheDifferenceOfTodayOn() {
        OnlineExperts experts = taught();
        experts.update(SEASON[0] + 3);
        double[] forecasts = forecasts(experts);
        assertEquals(SEASON[1], forecasts[forecasts.length - 2]);
        assertEquals(SEASON[1] + 0.9 * 3, forecasts[forecasts.length - 1], 1e-12);
    }

    @Test
    void aGapTakesTheSeasonsPlaceAndLetsTheDifferenceFade() {
        OnlineExperts experts = taught();
        experts.update(SEASON[0] + 3);
        HistoryRange range = new HistoryRange(1);
        range.start(0);
        range.include(20);
        experts.skip(range);
        double[] forecasts = forecasts(experts);
        assertEquals(SEASON[2], forecasts[forecasts.length - 2]);
        assertEquals(SEASON[2] + 0.9 * 0.9 * 3, forecasts[forecasts.length - 1], 1e-12);
    }

    private static OnlineExperts taught() {
        OnlineExperts experts = OnlineExperts.untaught(SEASON.length);
        for (int step = 0; step < 2 * SEASON.length; step++) {
            experts.update(SEASON[step % SEASON.length]);
        }
        return experts;
    }

    private static double[] forecasts(OnlineExperts experts) {
        double[] forecasts = new double[experts.size()];
        experts.next(forecasts);
        return forecasts;
    }
}
