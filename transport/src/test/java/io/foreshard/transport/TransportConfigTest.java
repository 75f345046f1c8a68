package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportConfigTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                of("pathMtuBytes", b -> b.pathMtuBytes(100)),
                of("planningInterval", b -> b.planningInterval(Duration.ZERO)),
                of("maxMessageBytes", b -> b.maxMessageBytes(0)),
                of("maxMessageBytes", b -> b.maxMessageBytes(1L << 31)),
                of("reassemblyBytes", b -> b.reassemblyBytes(0)),
                of("reassemblyBytesPerSession", b -> b.reassemblyBytes(1 << 20)),
                of("maxMessagesPerSession", b -> b.maxMessagesPerSession(1 << 16)),
                of("maxSessions", b -> b.maxSessions(0)),
                of("maxSessionsPerAddress", b -> b.maxSessionsPerAddress(0)),
                of("lowWatermarkBytes", b -> b.writeBufferWatermarks(2, 1)),
                of("highWatermarkBytes", b -> b.maxPendingBytes(1)),
                of("handshakeTimeout", b -> b.handshakeTimeout(Duration.ofDays(2))),
                of("idleTimeout", b -> b.idleTimeout(Duration.ofNanos(1))));
    }

    private static Arguments of(String name, Consumer<TransportConfigBuilder> mistake) {
        return Arguments.of(name, mistake);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void failsByTheNameOfTheWrongValue(String name, Consumer<TransportConfigBuilder> mistake) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> {
            TransportConfigBuilder builder = TransportConfig.builder();
            mistake.accept(builder);
            builder.build();
        });
        assertTrue(refused.getMessage().startsWith(name + ": "), refused::getMessage);
        assertTrue(refused.getMessage().contains("(expected: "), refused::getMessage);
    }

    @Test
    void letsALittleMemoryBeShared() {
        TransportConfig config = TransportConfig.builder()
                .maxMessageBytes(16 << 10)
                .reassemblyBytesPerSession(128 << 10)
                .reassemblyBytes(512 << 10)
                .build();
        assertEquals(512 << 10, config.reassemblyBytes);
    }

    @Test
    void refusesMoreLoopsThanCanShareTheMemory() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> TransportConfig.defaults().reassembler(8));
        assertTrue(refused.getMessage().startsWith("loops: 8 (expected: "), refused::getMessage);
    }
}
