package io.foreshard.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushTelemetryTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);
    private static final long SECOND = 1_000_000_000;

    private final PushTelemetry pushed = PushTelemetry.builder().build();

    @Test
    void confidenceFallsWithAgeUntilNothingIsKnown() {
        assertTrue(pushed.pushLoad(SERVER, load(0.5, 0), 0));
        assertEquals(1, pushed.latestLoad(SERVER, SECOND).confidence());
        assertEquals(0.5, pushed.latestLoad(SERVER, 2 * SECOND).confidence(), 1e-9);
        assertEquals(2 * SECOND, pushed.latestLoad(SERVER, 2 * SECOND).ageNanos());
        assertEquals(0.5, pushed.latestLoad(SERVER, 2 * SECOND).cpu(), "old, but not less loaded");
        assertNull(pushed.latestLoad(SERVER, 3 * SECOND));
        assertNull(pushed.latest(SERVER, 0));
    }

    @Test
    void theLongestPrefixWinsAndAnExactAddressBeforeIt() throws UnknownHostException {
        pushed.pushLoad(AddressPrefix.parse("10.0.0.0/8"), load(0.1, 0), 0);
        pushed.pushLoad(AddressPrefix.parse("10.1.0.0/16"), load(0.2, 0), 0);
        pushed.pushLoad(AddressPrefix.parse("::/0"), load(0.3, 0), 0);
        pushed.pushLoad(SERVER, load(0.4, 0), 0);
        assertEquals(0.4, cpu("10.1.2.3", 8080));
        assertEquals(0.2, cpu("10.1.2.3", 8081));
        assertEquals(0.1, cpu("10.2.2.3", 8080));
        assertEquals(0.3, cpu("2001:db8::1", 8080));
        assertNull(pushed.latestLoad(new InetSocketAddress("192.0.2.1", 1), 0));
        assertNull(pushed.latestLoad(InetSocketAddress.createUnresolved("host", 1), 0));
    }

    @Test
    void lookupsAgreeWithASearchOfAllPrefixes() {
        Property.named("the longest prefix that contains an address is found")
                .maxSize(60)
                .check((random, size) -> {
                    PushTelemetry some = PushTelemetry.builder().seriesSteps(0).build();
                    List<AddressPrefix> prefixes = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        AddressPrefix prefix = AddressPrefix.of(address(random), random.nextInt(33));
                        prefixes.add(prefix);
                        some.pushLoad(prefix, load(prefix.length() / 100.0, 0), 0);
                    }
                    for (int i = 0; i < 50; i++) {
                        InetAddress address = address(random);
                        var expected = prefixes.stream()
                                .filter(prefix -> prefix.contains(address))
                                .max(Comparator.comparingInt(AddressPrefix::length));
                        NodeLoad found = some.latestLoad(new InetSocketAddress(address, 1), 0);
                        assertEquals(expected.isPresent(), found != null);
                        if (found != null) {
                            assertEquals(expected.get().length() / 100.0, found.cpu());
                        }
                    }
                });
    }

    @Test
    void whatCannotBeIsCountedAndUnknown() {
        pushed.pushLoad(SERVER, new LoadObservation(-0.5, 1.5, 0.25, 0, 1), 0);
        NodeLoad load = pushed.latestLoad(SERVER, 0);
        assertTrue(Double.isNaN(load.cpu()) && Double.isNaN(load.memory()));
        assertEquals(0.25, load.network());
        assertEquals(2, pushed.counters().get(TelemetryReason.IMPLAUSIBLE));
        assertFalse(pushed.pushLoad(SERVER, load(Double.POSITIVE_INFINITY, SECOND), SECOND));
        assertEquals(0.25, pushed.latestLoad(SERVER, SECOND).network(), "nonsense does not replace what is known");
    }

    @Test
    void aRoundTripOfNothingIsUnknown() {
        assertFalse(pushed.pushPath(SERVER, new PathObservation(0, Double.NaN, Double.NaN, 0, 1), 0));
        assertNull(pushed.latest(SERVER, 0));
        assertTrue(pushed.pushPath(SERVER, new PathObservation(0, Double.NaN, 0.5, 0, 1), 0));
        assertFalse(pushed.latest(SERVER, 0).hasLatency());
        assertEquals(2, pushed.counters().get(TelemetryReason.IMPLAUSIBLE));
    }

    @Test
    void whatIsAncientOrFromTheFutureOrLateIsCountedAndDropped() {
        long now = 100 * SECOND;
        assertFalse(pushed.pushLoad(SERVER, load(0.5, now - 3 * SECOND), now));
        assertFalse(pushed.pushLoad(SERVER, load(0.5, now + 2 * SECOND), now));
        assertFalse(pushed.pushLoad(SERVER, load(0.5, Long.MIN_VALUE), now));
        assertTrue(pushed.pushLoad(SERVER, load(0.5, now), now));
        assertFalse(pushed.pushLoad(SERVER, load(0.9, now - 1), now));
        assertEquals(0.5, pushed.latestLoad(SERVER, now).cpu());
        assertEquals(1, pushed.counters().get(TelemetryReason.STALE));
        assertEquals(2, pushed.counters().get(TelemetryReason.CLOCK_JUMP));
        assertEquals(1, pushed.counters().get(TelemetryReason.LATE));
    }

    @Test
    void anyNumbersEndInAnAnswerWithinItsRanges() {
        Property.named("whatever is pushed, no call throws").runs(300).check((random, size) -> {
            PushTelemetry some =
                    PushTelemetry.builder().maxDestinations(3).seriesSteps(4).build();
            long now = anyLong(random);
            for (int i = 0; i < size; i++) {
                InetSocketAddress to = new InetSocketAddress(address(random), 1);
                some.pushLoad(
                        to,
                        new LoadObservation(any(random), any(random), any(random), near(random, now), any(random)),
                        now);
                some.pushPath(
                        to,
                        new PathObservation(anyLong(random), any(random), any(random), near(random, now), any(random)),
                        now);
                some.latest(to, now);
                some.latestLoad(to, anyLong(random));
                some.loadSeries(to, LoadFact.CPU, now);
            }
        });
    }

    @Test
    void pathsArePushedTheSameWay() {
        assertTrue(pushed.pushPath(
                AddressPrefix.parse("10.1.0.0/16"), new PathObservation(5_000_000, 1e6, 0.01, 0, 0.8), 0));
        PathSample sample = pushed.latest(SERVER, 0);
        assertEquals(new PathSample(5_000_000, 1e6, 0.01, 0, 0.8), sample);
        assertNull(pushed.latest(SERVER, 3 * SECOND));
        assertNull(pushed.latestLoad(SERVER, 0));
    }

    @Test
    void aNewDestinationTakesThePlaceOfOneThatIsUnknownButOfNoOther() {
        PushTelemetry two = PushTelemetry.builder().maxDestinations(2).build();
        InetSocketAddress other = new InetSocketAddress("10.1.2.4", 1);
        InetSocketAddress third = new InetSocketAddress("10.1.2.5", 1);
        two.pushLoad(SERVER, load(0.1, 0), 0);
        two.pushLoad(other, load(0.2, 2 * SECOND), 2 * SECOND);
        assertFalse(two.pushLoad(third, load(0.3, 2 * SECOND), 2 * SECOND));
        assertEquals(1, two.counters().get(TelemetryReason.TABLE_FULL));
        assertTrue(two.pushLoad(third, load(0.3, 4 * SECOND), 4 * SECOND));
        assertNotNull(two.latestLoad(other, 4 * SECOND));
        assertEquals(0.3, two.latestLoad(third, 4 * SECOND).cpu());
    }

    @Test
    void aSeriesOfEachFactHasItsGapsMarked() {
        pushed.pushLoad(SERVER, new LoadObservation(0.1, 0.5, Double.NaN, 0, 1), 0);
        pushed.pushLoad(SERVER, new LoadObservation(0.2, 0.6, 0.9, SECOND, 1), SECOND);
        pushed.pushLoad(SERVER, new LoadObservation(0.4, 0.8, 0.9, 4 * SECOND, 1), 4 * SECOND);
        double nan = Double.NaN;
        assertArrayEquals(new double[] {0.1, 0.2, nan, nan, 0.4}, pushed.loadSeries(SERVER, LoadFact.CPU, 5 * SECOND));
        assertArrayEquals(new double[] {0.9, nan, nan, 0.9}, pushed.loadSeries(SERVER, LoadFact.NETWORK, 5 * SECOND));
        assertEquals(0, pushed.loadSeries(new InetSocketAddress("10.7.7.7", 1), LoadFact.CPU, 0).length);
    }

    @Test
    void aListenerThatThrowsDoesNotHurtTheSource() {
        PushTelemetry telling = PushTelemetry.builder()
                .listener(new TelemetryListener() {
                    @Override
                    public void onPath(Object destination, PathSample sample) {}

                    @Override
                    public void onLoad(Object destination, NodeLoad load) {
                        throw new IllegalStateException("full");
                    }
                })
                .build();
        assertTrue(telling.pushLoad(SERVER, load(0.5, 0), 0));
        assertEquals(1, telling.counters().get(TelemetryReason.LISTENER_FAILED));
        assertNotNull(telling.latestLoad(SERVER, 0));
    }

    private double cpu(String address, int port) throws UnknownHostException {
        return pushed.latestLoad(new InetSocketAddress(InetAddress.getByName(address), port), 0)
                .cpu();
    }

    private static LoadObservation load(double cpu, long takenNanos) {
        return new LoadObservation(cpu, Double.NaN, Double.NaN, takenNanos, 1);
    }

    private static InetAddress address(SeededRandom random) throws UnknownHostException {
        // Few distinct bits, so that prefixes and addresses meet.
        byte[] bytes = {10, (byte) random.nextInt(4), (byte) random.nextInt(4), (byte) random.nextInt(4)};
        return InetAddress.getByAddress(bytes);
    }

    private static double any(SeededRandom random) {
        return random.nextInt(2) == 0 ? random.nextInt(3) / 2.0 : Double.longBitsToDouble(anyLong(random));
    }

    private static long near(SeededRandom random, long nowNanos) {
        return random.nextInt(4) == 0 ? anyLong(random) : nowNanos - random.nextInt(1_000_000);
    }

    private static long anyLong(SeededRandom random) {
        return random.nextLong() >> random.nextInt(64);
    }
}
