package io.foreshard.verification.together;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.telemetry.probe.TelemetryAgent;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Ticker;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Packet path, shaper and flow sharder at the same time on real sockets: one event-loop group, one source of telemetry, one allocator whose
 * buffers stay below one bound. One minute, or five with {@code -Pfull}.
 */
@Tag("live")
class TogetherTest {

    private static final Duration TIME = Duration.ofMinutes(Boolean.getBoolean("foreshard.full") ? 5 : 1);
    private static final long MEMORY_BYTES = 128L << 20;

    @Test
    void threeEnginesShareLoopsTelemetryAndMemory() throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        CountingAllocator allocator = new CountingAllocator();
        InetSocketAddress receiver = freePort();
        InetSocketAddress reflector = freePort();
        TelemetryAgent telemetry = Strand.await(TelemetryAgent.builder(group)
                .reflectAt(reflector)
                .destination(receiver, reflector)
                .start());
        Shared shared = new Shared(group, allocator, telemetry, receiver);
        List<Strand> strands = List.of(new PacketStrand(shared), new ShaperStrand(shared), new SharderStrand(shared));
        strands.forEach(Strand::start);
        Thread.sleep(TIME.toMillis());
        for (Strand strand : strands) {
            strand.finish();
            assertEquals("", strand.fault(), strand.getClass().getSimpleName());
            long rounds = strand.rounds();
            assertTrue(rounds > 5 * TIME.toSeconds(), () -> strand.getClass().getSimpleName() + ": " + rounds);
        }
        assertNotNull(
                telemetry.latest(receiver, Ticker.systemTicker().nanoTime()),
                "the agent knows the way to the receiver");
        for (Strand strand : strands) {
            strand.close();
        }
        Strand.await(telemetry.close());
        assertTrue(group.shutdownGracefully(100, 5_000, TimeUnit.MILLISECONDS).await(10_000));
        assertTrue(allocator.peakBytes() < MEMORY_BYTES, () -> allocator.peakBytes() + " bytes at once");
        allocator.assertAllReleased();
    }

    /** The agent has to know where the receiver is going to be. */
    private static InetSocketAddress freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (SocketException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
