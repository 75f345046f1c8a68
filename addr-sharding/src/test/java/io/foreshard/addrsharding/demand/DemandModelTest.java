package io.foreshard.addrsharding.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemandModelTest {

    private static final long STEP = 300_000;

    private static DemandModel model(double bandwidth) {
        return new DemandModel("web", STEP, List.of(new ApplicationProfile("shop", 1, 2, 1 << 30, bandwidth)), null);
    }

    /** A steady count of 100 VMs, doubled by some while an event lasts. */
    private static DemandModel after(int steps, double realFactor, ExternalEvent event) {
        DemandModel model = model(1e6);
        model.add(event);
        double running = 0;
        for (int i = 1; i <= steps; i++) {
            double wanted = 100 * (event.isAt(i * STEP - 1) ? realFactor : 1);
            long change = Math.round(wanted - running);
            model.observe(i * STEP, Math.max(0, change), Math.max(0, -change));
            running = wanted;
        }
        return model;
    }

    @Test
    void withoutAForecasterTheCountStays() {
        DemandModel model = model(1e6);
        model.observe(STEP, 10, 3);
        DemandForecast forecast = model.forecast(3);
        assertEquals(7, forecast.vms().mean(3));
        assertEquals(7e6, forecast.bandwidth(3));
        assertTrue(forecast.vms().quantile(0.99, 3) > 7);
    }

    @Test
    void moreDestructionsThanVmsLeaveNone() {
        DemandModel model = model(1e6);
        model.observe(STEP, 1, 5);
        assertEquals(0, model.running());
    }

    @Test
    void anEventToComeCountsAsDeclared() {
        DemandModel model = after(10, 1, new ExternalEvent("sale", 12 * STEP, 14 * STEP, 3, 5));
        DemandForecast forecast = model.forecast(5);
        assertEquals(100, forecast.vms().mean(2), 1e-6);
        assertEquals(305, forecast.vms().mean(3), 1e-6);
        assertEquals(305, forecast.vms().mean(4), 1e-6);
        assertEquals(100, forecast.vms().mean(5), 1e-6);
    }

    @Test
    void theNextEventOfAKindIsExpectedToDoMoreLikeTheLastThanWasDeclared() {
        DemandModel model = after(80, 2, new ExternalEvent("sale", 20 * STEP, 60 * STEP, 4, 0));
        model.add(new ExternalEvent("sale", 80 * STEP, 90 * STEP, 4, 0));
        double expected = model.forecast(1).vms().mean(1);
        assertTrue(expected > 200 && expected < 260, "expected " + expected);
    }

    @Test
    void theSpecifiedScoreIsTheProductAndTheOtherIsInAddresses() {
        DemandModel model = model(1e6);
        model.observe(STEP, 10, 0);
        DemandForecast forecast = model.forecast(1);
        assertEquals(10 * 10e6, DemandScore.SPECIFIED.of(forecast), 1e-3);
        assertEquals(
                forecast.vms().quantile(0.95, 1),
                DemandScore.quantile(0.95, Double.POSITIVE_INFINITY).of(forecast),
                1e-9);
        assertEquals(
                2 * forecast.vms().quantile(0.95, 1),
                DemandScore.quantile(0.95, 5e5).of(forecast),
                1e-6);
    }

    @Test
    void sharesAboveOneAreRefused() {
        ApplicationProfile profile = new ApplicationProfile("shop", 0.6, 1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> ApplicationProfile.meanBandwidth(List.of(profile, profile)));
        assertThrows(IllegalArgumentException.class, () -> new ExternalEvent("sale", 5, 5, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new ExternalEvent("sale", 5, 6, Double.NaN, 0));
    }
}
