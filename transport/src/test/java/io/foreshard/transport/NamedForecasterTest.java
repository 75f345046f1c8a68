package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecaster;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NamedForecasterTest {

    @Test
    void makesANewForecasterForEachSeries() {
        Supplier<Forecaster> maker = NamedForecaster.of("damped-trend", Map.of("alpha", "0.3"));
        assertNotSame(maker.get(), maker.get());
    }

    @Test
    void saysWhichNamesThereAre() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> TransportConfig.builder().forecaster("oracle", Map.of()));
        assertEquals("forecaster: oracle (expected: one of [automatic, damped-trend, online])", refused.getMessage());
    }

    @Test
    void refusesASettingWhenItIsConfigured() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> TransportConfig.builder().forecaster("damped-trend", Map.of("alpha", "7")));
        assertTrue(refused.getMessage().contains("alpha"), refused::getMessage);
    }
}
