package io.foreshard.forecast.automatic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.baseline.StreamingModelContract;
import io.foreshard.forecast.baseline.WindowMedianModel;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExpertPoolTest {

    private static final int HORIZON = 24;

    @Test
    void keepsTheContractOfModels() {
        AutomaticFitter fitter =
                AutomaticFitter.builder().horizonSteps(8).periods(12).build();
        StreamingModelContract contract = new StreamingModelContract(fitter::start, AutomaticFitter::load);
        contract.allocatingGrowth().check();
    }

    @Test
    void givesTheWeightToTheMemberThatIsRight() {
        ExpertPool pool = pool(new NaiveModel(), new SeasonalNaiveModel(12), new WindowMedianModel(24));
        feed(pool, sine(12, 400));
        assertTrue(pool.weight(1, 1) > 0.99, "one step ahead: " + pool.weight(1, 1));
        assertTrue(pool.weight(1, HORIZON) > 0.99, "far ahead: " + pool.weight(1, HORIZON));
    }

    @Test
    void weighsNearAndFarHorizonsApart() {
        ExpertPool pool = pool(new NaiveModel(), new SeasonalNaiveModel(24));
        SeededRandom random = new SeededRandom(7);
        double[] samples = sine(24, 2000);
        double walk = 0;
        for (int step = 0; step < samples.length; step++) {
            walk += 0.3 * random.nextGaussian();
            samples[step] = samples[step] / 5 + walk;
        }
        feed(pool, samples);
        assertTrue(pool.weight(0, 1) > pool.weight(1, 1), "one step ahead the last sample is better");
        assertTrue(pool.weight(1, 12) > pool.weight(0, 12), "half a season ahead the season is better");
        double[] mean = new double[12];
        pool.forecast(mean);
        double last = samples[samples.length - 1];
        double seasonAgo = samples[samples.length - 24 + 11];
        assertTrue(
                Math.abs(mean[11] - seasonAgo) < Math.abs(mean[11] - last),
                mean[11] + " between " + last + " and " + seasonAgo);
    }

    @Test
    void letsTheBenchmarkRuleWhereTheCombinationIsWorse() {
        StreamingModel[] wrong = {new NaiveModel(), new Constant(1000), new Constant(1001), new Constant(1002)};
        ExpertPool pool = new ExpertPool(wrong, 1, HORIZON);
        double[] samples = new double[40];
        Arrays.fill(samples, 5);
        feed(pool, samples);
        double[] mean = new double[HORIZON];
        pool.forecast(mean);
        assertEquals(5, pool.next());
        assertEquals(5, mean[HORIZON - 1]);
    }

    @Test
    void oneAbsurdMemberMovesNothing() {
        Property.named("one absurd member moves nothing").runs(50).maxSize(200).check((random, size) -> {
            ExpertPool pool = pool(new NaiveModel(), new WindowMedianModel(3), new Constant(1e90));
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double sample : GeneratedSeries.any(random, size + 60)) {
                low = Math.min(low, sample);
                high = Math.max(high, sample);
                pool.update(sample);
            }
            assertTrue(pool.next() >= low && pool.next() <= high, "next: " + pool.next());
        });
    }

    @Test
    void scoringFollowsWhatWasForecastAndNotWhatCameLater() {
        ForecastWindows windows = new ForecastWindows(2, 8);
        double[][] due = windows.due();
        due[0] = fill(due[0], 1);
        due[1] = fill(due[1], 3);
        GroupScores[] scores = new GroupScores[HorizonGroups.COUNT];
        Arrays.setAll(scores, group -> new GroupScores(1, 1));
        for (double sample : new double[] {1, Double.NaN, 2}) {
            windows.observe(sample, scores, false);
        }
        windows.observe(2, scores, false);
        assertArrayEquals(new double[] {1}, scores[1].weights());
        assertEquals(1, scores[1].error(0), 0.02);
        assertEquals(0, windows.due().length);
        assertEquals(2, windows.due().length);
    }

    private static double[] fill(double[] array, double value) {
        Arrays.fill(array, value);
        return array;
    }

    private static ExpertPool pool(StreamingModel... members) {
        return new ExpertPool(members, 1, HORIZON);
    }

    private static void feed(ExpertPool pool, double[] samples) {
        for (double sample : samples) {
            pool.update(sample);
        }
    }

    private static double[] sine(int period, int length) {
        double[] samples = new double[length];
        Arrays.setAll(samples, step -> 10 * Math.sin(2 * Math.PI * (step % period) / period));
        return samples;
    }
}
