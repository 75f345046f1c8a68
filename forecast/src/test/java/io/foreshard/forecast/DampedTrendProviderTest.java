package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DampedTrendProviderTest {

    private final DampedTrendProvider provider = new DampedTrendProvider();

    @Test
    void isFoundByName() {
        Provider<?> found = ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals("damped-trend"))
                .findFirst()
                .orElseThrow();
        assertSame(Forecaster.class, found.type());
        assertEquals("", found.unavailabilityReason());
    }

    @Test
    void passesEverySettingOn() {
        Forecaster made = provider.create(Map.of(
                "alpha",
                "0.5",
                "beta",
                "0.2",
                "phi",
                "0.8",
                "range-widening",
                "2",
                "non-negative",
                "true",
                "levels",
                "0.05, 0.95"));
        Forecaster built = DampedTrendForecaster.builder()
                .alpha(0.5)
                .beta(0.2)
                .phi(0.8)
                .rangeWidening(2)
                .nonNegative(true)
                .levels(0.05, 0.95)
                .build();
        for (int step = 0; step < 50; step++) {
            double sample = 50 - step + (step % 3);
            made.update(sample);
            built.update(sample);
        }
        assertArrayEquals(
                DampedTrendForecasterTest.flat(built.forecast(9)), DampedTrendForecasterTest.flat(made.forecast(9)));
    }

    @Test
    void takesDefaultsFromNoSettings() {
        assertArrayEquals(
                new double[] {0.1, 0.25, 0.5, 0.75, 0.9},
                provider.create(Map.of()).forecast(1).levels());
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertRefused("alpha", "two", "alpha: two (expected: a number)");
        assertRefused("phi", "2", "phi: 2.0 (expected: in (0, 1])");
        assertRefused("levels", "0.1,,0.9", "levels:  (expected: a number)");
        assertRefused("non-negative", "yes", "non-negative: yes (expected: true or false)");
        assertRefused(
                "gamma", "1", "gamma: 1 (expected: one of alpha, beta, phi, range-widening, levels, non-negative)");
    }

    private void assertRefused(String name, String value, String message) {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> provider.create(Map.of(name, value)));
        assertEquals(message, error.getMessage());
    }
}
