package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.PacketEvent;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.telemetry.PathProfile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StampTest {

    private static final Duration DELAY = Duration.ofMillis(20);
    private static final Impairment CLEAN = Impairment.builder().delay(DELAY).build();
    /** A virtual link adds nothing but its delay; formats round by less. */
    private static final double TOLERANCE_NANOS = 1_000;

    @ParameterizedTest
    @EnumSource(StampTimestampFormat.class)
    void theRoundTripIsThatOfTheLinkInEitherFormat(StampTimestampFormat format) {
        try (SimulatedStamp stamp = new SimulatedStamp(
                1, CLEAN, CLEAN, sender -> sender.timestampFormat(format), UnaryOperator.identity())) {
            stamp.runFor(Duration.ofSeconds(5));
            PathSample sample = stamp.sender.latest(stamp.target(), stamp.now());
            assertNotNull(sample);
            assertEquals(2.0 * DELAY.toNanos(), (double) sample.latencyNanos(), TOLERANCE_NANOS);
            assertEquals(0, sample.lossRatio());
            assertTrue(sample.confidence() > 0.5, sample::toString);
            assertTrue(sample.ageNanos() <= 1.2 * SimulatedStamp.INTERVAL.toNanos(), sample::toString);
            assertTrue(Double.isNaN(sample.bandwidthBytesPerSecond()));
            assertEquals(0, total(stamp));
        }
    }

    @Test
    void theProfileTellsTheSpreadOfADelayThatVaries() {
        Impairment varying = CLEAN.toBuilder().jitter(Duration.ofMillis(30)).build();
        try (SimulatedStamp stamp =
                new SimulatedStamp(2, varying, CLEAN, UnaryOperator.identity(), UnaryOperator.identity())) {
            stamp.runFor(Duration.ofSeconds(10));
            PathProfile profile = stamp.sender.profile(stamp.target(), stamp.now());
            assertNotNull(profile);
            long shortest = 2 * DELAY.toNanos();
            long longest = shortest + Duration.ofMillis(30).toNanos();
            assertTrue(profile.minNanos() >= shortest - TOLERANCE_NANOS, profile::toString);
            assertTrue(profile.minNanos() < profile.p50Nanos(), profile::toString);
            assertTrue(profile.p50Nanos() < profile.p99Nanos(), profile::toString);
            assertTrue(profile.p99Nanos() <= longest + TOLERANCE_NANOS, profile::toString);
            assertTrue(profile.jitterNanos() > 1_000_000, profile::toString);
            OneWayJitter oneWay = stamp.sender.oneWayJitter(stamp.target());
            assertNotNull(oneWay);
            assertTrue(oneWay.forthNanos() > 1_000_000, oneWay::toString);
            assertTrue(oneWay.backNanos() < TOLERANCE_NANOS, oneWay::toString);
        }
    }

    @Test
    void lossIsThatOfBothWays() {
        Impairment lossy = CLEAN.toBuilder().loss(0.2).build();
        try (SimulatedStamp stamp =
                new SimulatedStamp(3, lossy, CLEAN, UnaryOperator.identity(), UnaryOperator.identity())) {
            long probes = 3_000;
            stamp.runFor(SimulatedStamp.INTERVAL.multipliedBy(probes));
            double share = (double) stamp.atSender(ProbeReason.PROBE_LOST) / probes;
            // Five standard deviations of a binomial share, and 1 % for the number of probes.
            double margin = 5 * Math.sqrt(0.2 * 0.8 / probes) + 0.002;
            assertEquals(0.2, share, margin);
            PathSample sample = stamp.sender.latest(stamp.target(), stamp.now());
            assertNotNull(sample);
            assertTrue(sample.lossRatio() > 0 && sample.lossRatio() < 0.5, sample::toString);
        }
    }

    @Test
    void silenceFadesToUnknownAndNeverToZero() {
        try (SimulatedStamp stamp = new SimulatedStamp(4, CLEAN)) {
            stamp.runFor(Duration.ofSeconds(3));
            stamp.simulation.disconnect(stamp.here, stamp.there);
            double confidence = 1;
            for (int step = 0; step < 40; step++) {
                stamp.runFor(Duration.ofMillis(20));
                PathSample sample = stamp.sender.latest(stamp.target(), stamp.now());
                if (sample == null) {
                    break;
                }
                assertEquals(2.0 * DELAY.toNanos(), (double) sample.latencyNanos(), TOLERANCE_NANOS);
                confidence = sample.confidence();
            }
            assertTrue(confidence < 0.2, "confidence " + confidence + " before nothing was known");
            assertNull(stamp.sender.latest(stamp.target(), stamp.now()));
            assertNull(stamp.sender.profile(stamp.target(), stamp.now()));
            stamp.simulation.connect(stamp.here, stamp.there, CLEAN);
            stamp.runFor(Duration.ofSeconds(1));
            assertNotNull(stamp.sender.latest(stamp.target(), stamp.now()));
        }
    }

    @Test
    void anotherPortOfTheHostIsTheSamePathAndAnotherHostIsNot() {
        try (SimulatedStamp stamp = new SimulatedStamp(5, CLEAN)) {
            stamp.runFor(Duration.ofSeconds(1));
            assertNotNull(stamp.sender.latest(stamp.there.address(4000), stamp.now()));
            assertNull(stamp.sender.latest(stamp.here.address(4000), stamp.now()));
        }
    }

    @Test
    void destinationsThatShareAReflectorAreToldApart() {
        InetSocketAddress reflector = new InetSocketAddress("10.0.0.2", 862);
        List<InetSocketAddress> more = List.of(
                new InetSocketAddress("10.0.0.2", 80),
                new InetSocketAddress("10.0.0.2", 443),
                new InetSocketAddress("10.0.0.7", 80));
        try (SimulatedStamp stamp = new SimulatedStamp(
                4,
                CLEAN,
                CLEAN,
                sender -> {
                    more.forEach(destination -> sender.destination(destination, reflector));
                    return sender;
                },
                UnaryOperator.identity())) {
            stamp.runFor(Duration.ofSeconds(5));
            for (InetSocketAddress destination : more) {
                PathSample sample = stamp.sender.latest(destination, stamp.now());
                assertNotNull(sample, destination::toString);
                assertEquals(0, sample.lossRatio());
            }
            assertNotNull(stamp.sender.latest(stamp.target(), stamp.now()));
            assertEquals(0, total(stamp));
        }
    }

    @Test
    void anAnswerIsAsLongAsItsPaddedProbe() {
        try (SimulatedStamp stamp =
                new SimulatedStamp(6, CLEAN, CLEAN, sender -> sender.paddingBytes(500), UnaryOperator.identity())) {
            boolean[] longer = {false};
            int[] datagrams = {0};
            stamp.simulation.observe(event -> {
                datagrams[0]++;
                longer[0] |= event.lengthBytes() != 544;
            });
            stamp.runFor(Duration.ofSeconds(1));
            assertTrue(datagrams[0] >= 16, () -> datagrams[0] + " datagrams");
            assertFalse(longer[0]);
        }
    }

    @Test
    void probesDoNotMarchInStep() {
        try (SimulatedStamp stamp = new SimulatedStamp(7, CLEAN)) {
            Set<Long> gaps = new HashSet<>();
            long[] last = {0};
            stamp.simulation.observe(event -> {
                if (event.kind() == PacketEvent.Kind.SENT && event.destination().equals(stamp.target())) {
                    gaps.add(stamp.now() - last[0]);
                    last[0] = stamp.now();
                }
            });
            stamp.runFor(Duration.ofSeconds(5));
            assertTrue(gaps.size() > 30, () -> "gaps " + gaps);
        }
    }

    private static long total(SimulatedStamp stamp) {
        return sum(stamp.sender.counters()) + sum(stamp.reflector.counters());
    }

    private static long sum(Map<ProbeReason, Long> counters) {
        return counters.values().stream().mapToLong(Long::longValue).sum();
    }
}
