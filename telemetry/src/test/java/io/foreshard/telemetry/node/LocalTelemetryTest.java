package io.foreshard.telemetry.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.simulator.Simulation;
import io.foreshard.telemetry.TelemetryReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTelemetryTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.0.0.1", 8080);

    @TempDir
    private Path root;

    @Test
    void filesBecomeALoad() throws IOException {
        ProcFiles proc = new ProcFiles(root, device -> !device.equals("lo"));
        write(1000, 3000, 5_000_000);
        NodeCounters read = proc.read();
        assertEquals(10, read.cpuBusySeconds(), 1e-9);
        assertEquals(40, read.cpuTotalSeconds(), 1e-9);
        assertEquals(2.5, read.cpuWaitingSeconds(), 1e-9);
        assertEquals(4096.0 * 1024, read.memoryTotalBytes());
        assertEquals(1024.0 * 1024, read.memoryAvailableBytes());
        assertEquals(Set.of("eth0"), read.devices().keySet());
        assertEquals(
                new NodeCounters.Device(5_000_000, 77, 125e6), read.devices().get("eth0"));
    }

    @Test
    void whatIsMissingIsUnknown() throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/stat"), "cpu  1 x\n");
        NodeCounters read = new ProcFiles(root, device -> true).read();
        assertTrue(Double.isNaN(read.cpuTotalSeconds()) && Double.isNaN(read.memoryTotalBytes()));
        assertTrue(read.devices().isEmpty());
    }

    @Test
    void theLoadFollowsTheFilesAndFadesWhenTheyVanish() throws IOException {
        try (Simulation simulation = new Simulation(1)) {
            var loop = simulation.addNode("10.0.0.1", 1).eventLoopGroup().next();
            NodeTelemetry source = NodeTelemetry.local(Runnable::run, loop)
                    .root(root)
                    .server(SERVER)
                    .build();
            write(1000, 3000, 5_000_000);
            source.start();
            simulation.runFor(Duration.ofMillis(10));
            write(1050, 3050, 67_500_000);
            simulation.runFor(Duration.ofSeconds(1));
            NodeLoad load = source.latestLoad(SERVER, simulation.nowNanos());
            assertEquals(0.5, load.cpu(), 1e-9);
            assertEquals(0.75, load.memory(), 1e-9);
            assertEquals(0.5, load.network(), 1e-2);
            Files.delete(root.resolve("proc/stat"));
            simulation.runFor(Duration.ofSeconds(2));
            double faded = source.latestLoad(SERVER, simulation.nowNanos()).confidence();
            assertTrue(faded > 0 && faded < 1, () -> "confidence " + faded);
            simulation.runFor(Duration.ofSeconds(1));
            assertNull(source.latestLoad(SERVER, simulation.nowNanos()));
            assertEquals(3, source.counters().get(TelemetryReason.UNREACHABLE));
            source.close();
            simulation.runFor(Duration.ofSeconds(5));
            assertEquals(3, source.counters().get(TelemetryReason.UNREACHABLE));
        }
    }

    @Test
    void aPollIsLeftOutWhileTheOneBeforeRuns() throws IOException {
        write(1000, 3000, 0);
        try (Simulation simulation = new Simulation(1)) {
            var loop = simulation.addNode("10.0.0.1", 1).eventLoopGroup().next();
            List<Runnable> stuck = new ArrayList<>();
            NodeTelemetry source = NodeTelemetry.local(stuck::add, loop)
                    .root(root)
                    .server(SERVER)
                    .build();
            source.start();
            simulation.runFor(Duration.ofMillis(2500));
            assertEquals(1, stuck.size());
            assertEquals(2, source.counters().get(TelemetryReason.POLL_SKIPPED));
            stuck.get(0).run();
            simulation.runFor(Duration.ofSeconds(1));
            assertEquals(2, stuck.size());
            source.close();
        }
    }

    @Test
    void anAnswerThatComesAfterTheCloseIsNotTaken() throws IOException {
        write(1000, 3000, 0);
        try (Simulation simulation = new Simulation(1)) {
            var loop = simulation.addNode("10.0.0.1", 1).eventLoopGroup().next();
            List<Runnable> underWay = new ArrayList<>();
            NodeTelemetry source = NodeTelemetry.local(underWay::add, loop)
                    .root(root)
                    .server(SERVER)
                    .build();
            source.start();
            simulation.runFor(Duration.ofMillis(500));
            source.close();
            underWay.get(0).run();
            assertNull(source.latestLoad(SERVER, simulation.nowNanos()));
        }
    }

    private void write(long busyTicks, long idleTicks, long received) throws IOException {
        Files.createDirectories(root.resolve("proc/net"));
        Files.createDirectories(root.resolve("proc/pressure"));
        Files.createDirectories(root.resolve("sys/class/net/eth0"));
        Files.writeString(
                root.resolve("proc/stat"),
                "cpu  " + busyTicks + " 0 0 " + idleTicks + " 0 0 0 0 55 66\ncpu0 1 2 3\nintr 1\n");
        Files.writeString(
                root.resolve("proc/meminfo"), "MemTotal:  4096 kB\nMemFree: 1 kB\nMemAvailable:    1024 kB\n");
        Files.writeString(
                root.resolve("proc/pressure/cpu"),
                "some avg10=0.00 avg60=0.00 avg300=0.00 total=2500000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
        Files.writeString(
                root.resolve("proc/net/dev"),
                "Inter-|   Receive  |  Transmit\n face |bytes packets|bytes\n    lo: 9 9 0 0 0 0 0 0 9 9 0 0 0 0 0 0\n  eth0: "
                        + received + " 9 0 0 0 0 0 0 77 9 0 0 0 0 0 0\n");
        Files.writeString(root.resolve("sys/class/net/eth0/speed"), "1000\n");
    }
}
