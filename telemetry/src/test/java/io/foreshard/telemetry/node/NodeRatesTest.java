package io.foreshard.telemetry.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryReason;
import io.foreshard.telemetry.node.NodeCounters.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeRatesTest {

    private static final long SECOND = 1_000_000_000;
    private static final double NAN = Double.NaN;

    private final TelemetryCounters counters = new TelemetryCounters();
    private final NodeRates rates = rates(NAN, false);

    @Test
    void sharesAreDifferencesOfCounters() {
        rates.next(node(100, 400, 0, device(1000, 500, 1e6)), 0);
        LoadObservation load = rates.next(node(101, 402, 1, device(1000, 300_500, 1e6)), SECOND);
        assertEquals(0.5, load.cpu(), 1e-9);
        assertEquals(0.75, load.memory(), 1e-9);
        assertEquals(0.3, load.network(), 1e-9);
        assertEquals(SECOND, load.takenNanos());
    }

    @Test
    void sharesAreTheShareThatWasBusyWhateverThePace() {
        Property.named("the share of the processors needs no clock").check((random, size) -> {
            NodeRates some = rates(NAN, false);
            double total = random.nextDouble() * 1e9;
            double busy = total * random.nextDouble();
            double share = random.nextInt(101) / 100.0;
            long now = random.nextLong(1L << 50);
            some.next(node(busy, total, 0, device(0, 0, 1)), now);
            double passed = 1 + random.nextDouble() * size;
            LoadObservation load = some.next(
                    node(busy + share * passed, total + passed, 1, device(0, 0, 1)), now + 1 + random.nextLong(SECOND));
            assertEquals(share, load.cpu(), 1e-6);
        });
    }

    @Test
    void aCounterThatGoesBackMakesTheStepUnknownAndTheNextIsKnown() {
        rates.next(node(100, 400, 0, device(1000, 500, 1e6)), 0);
        LoadObservation reset = rates.next(node(1, 4, 1, device(10, 5, 1e6)), SECOND);
        assertTrue(Double.isNaN(reset.cpu()) && Double.isNaN(reset.network()));
        assertEquals(0.75, reset.memory(), 1e-9);
        assertEquals(4, counters.get(TelemetryReason.COUNTER_RESET));
        assertEquals(
                0.25, rates.next(node(2, 8, 2, device(10, 5, 1e6)), 2 * SECOND).cpu(), 1e-9);
    }

    @Test
    void aPageOnWhichNothingMovesSaysNothing() {
        rates.next(node(100, 400, 5, device(0, 0, 1)), 0);
        assertNull(rates.next(node(100, 400, 5, device(0, 0, 1)), SECOND));
        assertEquals(1, counters.get(TelemetryReason.FROZEN));
    }

    @Test
    void aClockThatJumpsIsCountedAndHurtsNothing() {
        rates.next(node(100, 400, 1e9, device(0, 0, 1)), 0);
        assertEquals(
                0.5,
                rates.next(node(101, 402, 1e9 - 86_400, device(0, 0, 1)), SECOND)
                        .cpu(),
                1e-9);
        assertEquals(1, counters.get(TelemetryReason.CLOCK_JUMP));
    }

    @Test
    void afterALongSilenceOnlyTheMemoryIsKnown() {
        rates.next(node(100, 400, 0, device(0, 0, 1)), 0);
        LoadObservation load = rates.next(node(200, 800, 60, device(0, 0, 1)), 60 * SECOND);
        assertTrue(Double.isNaN(load.cpu()));
        assertEquals(0.75, load.memory(), 1e-9);
    }

    @Test
    void trafficAboveTheCapacityIsAWrongCapacityAndNotAFullNetwork() {
        rates.next(node(100, 400, 0, device(0, 0, 1e6)), 0);
        assertTrue(Double.isNaN(
                rates.next(node(101, 402, 1, device(5e6, 0, 1e6)), SECOND).network()));
        assertEquals(1, counters.get(TelemetryReason.IMPLAUSIBLE));
        assertEquals(
                1,
                rates.next(node(102, 404, 2, device(6.05e6, 0, 1e6)), 2 * SECOND)
                        .network());
    }

    @Test
    void aDeviceWithoutASpeedNeedsAConfiguredCapacity() {
        NodeRates configured = rates(1e6, false);
        configured.next(node(100, 400, 0, device(0, 0, -125_000)), 0);
        assertEquals(
                0.5,
                configured
                        .next(node(101, 402, 1, device(5e5, 0, -125_000)), SECOND)
                        .network(),
                1e-9);
        rates.next(node(100, 400, 0, device(0, 0, -125_000)), 0);
        assertTrue(Double.isNaN(
                rates.next(node(101, 402, 1, device(5e5, 0, -125_000)), SECOND).network()));
    }

    @Test
    void tasksThatWaitCountWhereThatIsWanted() {
        NodeRates pressed = rates(NAN, true);
        pressed.next(new NodeCounters(100, 400, 10, 4, 1, 0, Map.of()), 0);
        assertEquals(
                0.8,
                pressed.next(new NodeCounters(101, 410, 10.8, 4, 1, 1, Map.of()), SECOND)
                        .cpu(),
                1e-9);
    }

    @Test
    void aMemoryOfNothingIsImplausible() {
        assertTrue(Double.isNaN(
                rates.next(new NodeCounters(1, 2, 3, 0, 0, 0, Map.of()), 0).memory()));
        assertEquals(1, counters.get(TelemetryReason.IMPLAUSIBLE));
    }

    @Test
    void twoReadingsInOneMomentAreOne() {
        assertNotNull(rates.next(node(100, 400, 0, device(0, 0, 1)), SECOND));
        assertNull(rates.next(node(101, 402, 0, device(0, 0, 1)), SECOND));
    }

    private NodeRates rates(double capacity, boolean pressure) {
        return new NodeRates(new NodeRatesSettings(3, capacity, device -> true, pressure), counters);
    }

    private static NodeCounters node(double busy, double total, double clock, Device device) {
        return new NodeCounters(busy, total, NAN, 4e9, 1e9, clock, Map.of("eth0", device));
    }

    private static Device device(double received, double sent, double speed) {
        return new Device(received, sent, speed);
    }
}
