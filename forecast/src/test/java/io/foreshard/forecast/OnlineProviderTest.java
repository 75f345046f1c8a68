package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OnlineProviderTest {

    private final OnlineProvider provider = new OnlineProvider();

    @Test
    @SuppressWarnings("rawtypes") // as the service loader knows types without arguments only
    void isFoundByName() {
        assertTrue(ServiceLoader.load(Provider.class).stream().anyMatch(found -> found.type() == OnlineProvider.class));
        assertEquals("online", provider.name());
        assertEquals(Forecaster.class, provider.type());
        assertEquals("", provider.unavailabilityReason());
    }

    @Test
    void takesEverySettingOfTheBuilder() {
        Forecaster forecaster = provider.create(
                Map.of("periods", "24, 168", "levels", "0.1,0.9", "max-horizon-steps", "48", "non-negative", "true"));
        forecaster.update(-5);
        assertEquals(0, forecaster.forecast(2).mean(2), 0);
        assertEquals(2, forecaster.forecast(2).levels().length);
    }

    @Test
    void namesWhatIsWrongWithASetting() {
        assertEquals(
                "season: 3 (expected: one of periods, levels, max-horizon-steps, non-negative)",
                assertThrows(IllegalArgumentException.class, () -> provider.create(Map.of("season", "3")))
                        .getMessage());
        assertEquals(
                "periods: day (expected: a whole number)",
                assertThrows(IllegalArgumentException.class, () -> provider.create(Map.of("periods", "day")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> provider.create(Map.of("levels", "x")));
        assertThrows(IllegalArgumentException.class, () -> provider.create(Map.of("non-negative", "maybe")));
    }
}
