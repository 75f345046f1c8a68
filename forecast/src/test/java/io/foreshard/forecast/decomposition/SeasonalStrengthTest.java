package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeasonalStrengthTest {

    private static final Golden R = Golden.load("stl.properties");

    @Test
    void equalsThatOfR() {
        double[] series = R.values("mstl.series");
        Decomposition parts = Mstl.builder(24, 168).build().decompose(series);
        assertEquals(R.values("mstl.strength24")[0], SeasonalStrength.seasonal(parts, 0), 1e-10);
        assertEquals(R.values("mstl.trendStrength")[0], SeasonalStrength.trend(parts), 1e-10);
        Decomposition day = Mstl.builder(24).build().decompose(series);
        assertEquals(R.values("mstl.heuristic")[0], SeasonalStrength.seasonal(day, 0), 1e-10);
    }

    @Test
    void isNothingWhereNothingVaries() {
        Decomposition parts = Stl.builder(7).build().decompose(new double[40]);
        assertEquals(0, SeasonalStrength.seasonal(parts, 0));
        assertEquals(0, SeasonalStrength.trend(parts));
    }

    @Test
    void isNearlyAllOfACleanSeasonWhateverItsUnitAndGaps() {
        double[] series = new double[140];
        for (int i = 0; i < series.length; i++) {
            series[i] = (i % 7 + 0.01 * Math.sin(i * 12.9898)) * 1e250;
        }
        series[17] = Double.NaN;
        double strength = SeasonalStrength.seasonal(Stl.builder(7).build().decompose(series), 0);
        assertTrue(strength > 0.99 && strength <= 1, "strength " + strength);
    }
}
