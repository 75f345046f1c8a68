package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.forecast.baseline.DriftModel;
import io.foreshard.forecast.interval.HistoryRange;
import org.junit.jupiter.api.Test;

class BoundedModelTest {

    private final HistoryRange range = new HistoryRange(1);

    @Test
    void saysTheSameOfTheNextStepWhereverItIsAsked() {
        BoundedModel model = falling(true);
        double[] mean = new double[4];
        model.forecast(mean);
        assertEquals(0, model.next());
        assertArrayEquals(new double[4], mean);
    }

    @Test
    void holdsFarStepsWithinTheWidenedRange() {
        double[] mean = new double[40];
        falling(false).forecast(mean);
        assertEquals(range.low() - (range.high() - range.low()), mean[0]);
        assertEquals(mean[0], mean[39]);
    }

    @Test
    void aCopyHasBoundsThatRest() {
        BoundedModel copy = falling(false).copy();
        double before = copy.next();
        range.include(-1000);
        assertEquals(before, copy.next());
    }

    private BoundedModel falling(boolean nonNegative) {
        BoundedModel model = new BoundedModel(new DriftModel(), range, nonNegative);
        model.update(11);
        model.update(1);
        range.start(11);
        range.include(1);
        return model;
    }
}
