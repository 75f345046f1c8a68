package io.foreshard.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.Property;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PathProfilesTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final PathProfiles profiles = PathProfiles.builder().build();

    @Test
    void aProfileIsWhatSortingSays() {
        Property.named("quantiles agree with sorted samples").maxSize(120).check((random, size) -> {
            PathProfiles some = PathProfiles.builder().build();
            PathMeter meter = some.meter(SERVER);
            long[] all = new long[size];
            for (int i = 0; i < size; i++) {
                all[i] = random.nextLong(1, 1_000_000);
                meter.roundTrip(all[i], i);
            }
            Arrays.sort(all);
            PathProfile profile = some.profile(SERVER, size);
            assertEquals(all[0], profile.minNanos());
            assertEquals(all[(size + 1) / 2 - 1], profile.p50Nanos());
            assertEquals(all[(int) Math.ceil(0.99 * size) - 1], profile.p99Nanos());
            assertEquals(size, profile.samples());
            assertEquals(0, profile.lossRatio());
        });
    }

    @Test
    void metersOfSeveralThreadsAreReadAsOne() {
        PathMeter one = profiles.meter(SERVER);
        PathMeter other = profiles.meter(SERVER);
        one.roundTrip(10 * MILLI, 0);
        other.roundTrip(30 * MILLI, MILLI);
        other.lost(2, MILLI);
        PathProfile profile = profiles.profile(SERVER, 2 * MILLI);
        assertEquals(10 * MILLI, profile.minNanos());
        assertEquals(30 * MILLI, profile.p99Nanos());
        assertEquals(0.5, profile.lossRatio(), 1e-9);
        assertEquals(MILLI, profile.ageNanos());
    }

    @Test
    void theDeliveryRateIsTheLargestOfBackloggedStretches() {
        PathMeter meter = profiles.meter(SERVER);
        for (long i = 0; i <= 1000; i++) {
            meter.delivered(1, 1000, true, i * MILLI);
        }
        assertEquals(1e6, profiles.latest(SERVER, SECOND).bandwidthBytesPerSecond(), 2e4);
        for (long i = 1; i <= 50; i++) {
            meter.delivered(1, 1000, false, SECOND + i * 100 * MILLI);
        }
        PathSample later = profiles.latest(SERVER, 6 * SECOND);
        assertEquals(1e6, later.bandwidthBytesPerSecond(), 2e4, "a pause of the sender is no slower path");
    }

    @Test
    void aSenderThatPausesSaysNothingOfThePath() {
        PathMeter meter = profiles.meter(SERVER);
        for (long i = 0; i < 30; i++) {
            meter.delivered(1, 1000, false, i * 100 * MILLI);
        }
        assertTrue(Double.isNaN(profiles.latest(SERVER, 3 * SECOND).bandwidthBytesPerSecond()));
    }

    @Test
    void theBaselineFollowsShorterPathsAtOnceAndQueuesHardly() {
        PathMeter meter = profiles.meter(SERVER);
        for (long i = 0; i < 100; i++) {
            meter.roundTrip(20 * MILLI, i * 10 * MILLI);
        }
        for (long i = 100; i < 200; i++) {
            meter.roundTrip(200 * MILLI, i * 10 * MILLI);
        }
        long queued = profiles.baselineNanos(SERVER, 2 * SECOND);
        assertTrue(queued > 20 * MILLI && queued < 40 * MILLI, () -> "baseline " + queued);
        meter.roundTrip(10 * MILLI, 2 * SECOND);
        meter.roundTrip(10 * MILLI, 2 * SECOND);
        assertTrue(profiles.baselineNanos(SERVER, 2 * SECOND) < 11 * MILLI);
    }

    @Test
    void silenceDecaysToUnknownAndTheBaselineIsKeptForAfterwards() {
        PathMeter meter = profiles.meter(SERVER);
        meter.roundTrip(20 * MILLI, 0);
        assertEquals(0.5, profiles.latest(SERVER, SECOND).confidence(), 1e-9);
        assertEquals(0.25, profiles.latest(SERVER, 2 * SECOND).confidence(), 1e-9);
        assertNull(profiles.latest(SERVER, 3 * SECOND));
        assertEquals(PathSample.UNKNOWN_LATENCY, profiles.baselineNanos(SERVER, 3 * SECOND));
        meter.roundTrip(80 * MILLI, 60 * SECOND);
        assertTrue(profiles.baselineNanos(SERVER, 60 * SECOND) < 21 * MILLI);
        assertEquals(1, profiles.profile(SERVER, 60 * SECOND).samples(), "what is out of the window is forgotten");
    }

    @Test
    void aMeterFindsItsPlaceAgainAfterOthersTookIt() {
        PathProfiles one = PathProfiles.builder().maxDestinations(1).build();
        PathMeter meter = one.meter(SERVER);
        meter.roundTrip(20 * MILLI, 0);
        InetSocketAddress other = new InetSocketAddress("10.9.9.9", 1);
        one.meter(other).roundTrip(MILLI, SECOND);
        assertNull(one.latest(other, SECOND));
        assertEquals(1, one.counters().get(TelemetryReason.TABLE_FULL));
        one.meter(other).roundTrip(MILLI, 5 * SECOND);
        assertNotNull(one.latest(other, 5 * SECOND));
        meter.roundTrip(20 * MILLI, 20 * SECOND);
        assertNotNull(one.latest(SERVER, 20 * SECOND));
        assertNull(one.latest(other, 20 * SECOND));
    }

    @Test
    void nonsenseIsCountedAndForgotten() {
        PathMeter meter = profiles.meter(SERVER);
        meter.roundTrip(0, 0);
        meter.roundTrip(-5, 0);
        meter.roundTrip(Long.MAX_VALUE, 0);
        meter.lost(-1, 0);
        meter.delivered(-1, 1, true, 0);
        meter.delivered(1, -1, true, 0);
        assertEquals(6, profiles.counters().get(TelemetryReason.IMPLAUSIBLE));
        assertNull(profiles.latest(SERVER, 0));
        assertNull(profiles.profile(SERVER, 0));
    }

    @Test
    void arrivalsMakeARoundTripNoYounger() {
        PathMeter meter = profiles.meter(SERVER);
        meter.roundTrip(MILLI, 0);
        meter.roundTrip(9 * MILLI, 100);
        meter.delivered(10, 10_000, true, 500);
        PathSample sample = profiles.latest(SERVER, 600);
        assertNotNull(sample);
        assertEquals(9 * MILLI, sample.latencyNanos());
        assertEquals(500, sample.ageNanos());
    }

    @Test
    void aFloodOfDestinationsDoesNotGrowTheTable() {
        PathProfiles few =
                PathProfiles.builder().maxDestinations(100).roundTrips(8).build();
        for (int i = 0; i < 10_000; i++) {
            few.meter(AddressPrefix.parse("10." + i / 256 + "." + i % 256 + ".0/24"))
                    .roundTrip(MILLI, 0);
        }
        assertEquals(9_900, few.counters().get(TelemetryReason.TABLE_FULL));
    }

    @Test
    void readersOnOtherThreadsSeeOnlyWholeRoundTrips() throws InterruptedException {
        PathMeter meter = profiles.meter(SERVER);
        meter.roundTrip(MILLI, 0);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 1; i < 300_000; i++) {
                meter.roundTrip(i % 2 == 0 ? MILLI : 3 * MILLI, i);
            }
            done.set(true);
        });
        writer.start();
        int read = 0;
        while (!done.get() || read == 0) {
            PathProfile profile = profiles.profile(SERVER, 300_000);
            assertNotNull(profile);
            assertTrue(profile.minNanos() == MILLI || profile.samples() == 1);
            assertTrue(profile.p99Nanos() == MILLI || profile.p99Nanos() == 3 * MILLI);
            read++;
        }
        writer.join(Duration.ofSeconds(10).toMillis());
        assertEquals(3 * MILLI, profiles.latest(SERVER, 300_000).latencyNanos());
    }
}
