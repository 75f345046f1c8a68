package io.foreshard.forecast.intermittent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.SeededRandom;
import org.junit.jupiter.api.Test;

class IntermittentModelsTest {

    @Test
    void forecastsZeroUntilThereIsADemand() {
        for (StreamingModel model : new StreamingModel[] {CrostonModel.croston(0.1), new TsbModel(0.1, 0.1)}) {
            model.update(0);
            model.skip();
            model.update(0);
            assertEquals(0, model.next());
        }
    }

    @Test
    void sbaTakesTheBiasOutOfCrostonsMean() {
        CrostonModel croston = CrostonModel.croston(0.3);
        CrostonModel sba = CrostonModel.sba(0.3);
        SeededRandom random = new SeededRandom(5);
        double sumOfCroston = 0;
        double sumOfSba = 0;
        int count = 20_000;
        for (int step = 0; step < count; step++) {
            double sample = random.chance(0.2) ? 5 : 0;
            croston.update(sample);
            sba.update(sample);
            sumOfCroston += croston.next();
            sumOfSba += sba.next();
        }
        assertEquals(1, sumOfSba / count, 0.06);
        assertTrue(sumOfCroston / count > 1.1, "mean of Croston " + sumOfCroston / count);
    }

    @Test
    void tsbFadesWhenTheDemandDiesAndCrostonDoesNot() {
        CrostonModel croston = CrostonModel.croston(0.1);
        TsbModel tsb = new TsbModel(0.1, 0.1);
        for (int step = 0; step < 400; step++) {
            double sample = step < 200 && step % 4 == 0 ? 8 : 0;
            croston.update(sample);
            tsb.update(sample);
        }
        assertEquals(2, croston.next(), 0.01);
        assertTrue(tsb.next() < 1e-6, "TSB " + tsb.next());
    }

    @Test
    void aMissingSampleIsNoStepWithoutDemand() {
        CrostonModel croston = CrostonModel.croston(0.5);
        TsbModel tsb = new TsbModel(0.5, 0.5);
        for (StreamingModel model : new StreamingModel[] {croston, tsb}) {
            model.update(6);
            model.skip();
            model.update(Double.NaN);
            model.update(6);
            assertEquals(6, model.next(), 1e-12);
        }
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        assertThrows(IllegalArgumentException.class, () -> CrostonModel.croston(0));
        assertThrows(IllegalArgumentException.class, () -> CrostonModel.sba(1.1));
        assertThrows(IllegalArgumentException.class, () -> new TsbModel(Double.NaN, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new TsbModel(0.1, -1));
    }
}
