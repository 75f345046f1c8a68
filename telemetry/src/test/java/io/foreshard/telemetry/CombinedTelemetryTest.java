package io.foreshard.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinedTelemetryTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);
    private static final double NAN = Double.NaN;

    @Test
    void eachFactComesFromTheSourceThatIsMostCertainOfIt() {
        TelemetrySource both =
                combined(path(new PathSample(5, NAN, NAN, 10, 0.9)), path(new PathSample(7, 100, 0.1, 20, 0.6)));
        assertEquals(new PathSample(5, 100, 0.1, 20, 0.6), both.latest(SERVER, 0));
    }

    @Test
    void aDoubtfulFactDoesNotDiscreditTheOthers() {
        TelemetrySource both =
                combined(path(new PathSample(-1, 100, NAN, 900, 0.1)), path(new PathSample(7, NAN, NAN, 20, 0.8)));
        PathSample sample = both.latest(SERVER, 0);
        assertEquals(7, sample.latencyNanos());
        assertTrue(Double.isNaN(sample.bandwidthBytesPerSecond()));
        assertEquals(0.8, sample.confidence());
        assertEquals(20, sample.ageNanos());
    }

    @Test
    void anAnswerThatKnowsNothingDiscreditsNobody() {
        TelemetrySource both =
                combined(load(new NodeLoad(NAN, NAN, NAN, 0, 1)), load(new NodeLoad(0.4, NAN, NAN, 5, 0.2)));
        assertEquals(0.4, both.latestLoad(SERVER, 0).cpu());
        assertNull(both.latest(SERVER, 0));
    }

    @Test
    void loadsAreCombinedFactByFact() {
        TelemetrySource both =
                combined(load(new NodeLoad(0.4, NAN, 0.1, 5, 0.7)), load(new NodeLoad(NAN, 0.9, 0.2, 3, 0.8)));
        assertEquals(new NodeLoad(0.4, 0.9, 0.2, 5, 0.7), both.latestLoad(SERVER, 0));
    }

    @Test
    void aSourceThatThrowsIsCountedByNameAndTheOthersAnswer() {
        CombinedTelemetry both = CombinedTelemetry.builder()
                .source("broken", (destination, now) -> {
                    throw new IllegalStateException("broken");
                })
                .source("good", path(new PathSample(5, NAN, NAN, 10, 0.9)))
                .build();
        assertEquals(5, both.latest(SERVER, 0).latencyNanos());
        assertEquals(Map.of("broken", 1L, "good", 0L), both.failures());
    }

    @Test
    void ofEquallyCertainSourcesTheFirstAddedWins() {
        TelemetrySource both =
                combined(path(new PathSample(5, NAN, NAN, 0, 1)), path(new PathSample(6, NAN, NAN, 0, 1)));
        assertEquals(5, both.latest(SERVER, 0).latencyNanos());
    }

    @Test
    void namesAreUniqueAndSourcesNeeded() {
        var builder = CombinedTelemetry.builder();
        assertThrows(IllegalArgumentException.class, builder::build);
        builder.source("a", (destination, now) -> null);
        assertThrows(IllegalArgumentException.class, () -> builder.source("a", (destination, now) -> null));
        assertNull(builder.build().latest(SERVER, 0));
    }

    private static CombinedTelemetry combined(TelemetrySource one, TelemetrySource other) {
        return CombinedTelemetry.builder()
                .source("one", one)
                .source("other", other)
                .build();
    }

    private static TelemetrySource path(PathSample sample) {
        return (destination, now) -> sample;
    }

    private static TelemetrySource load(NodeLoad load) {
        return new TelemetrySource() {
            @Override
            public PathSample latest(SocketAddress destination, long nowNanos) {
                return null;
            }

            @Override
            public NodeLoad latestLoad(SocketAddress destination, long nowNanos) {
                return load;
            }
        };
    }
}
