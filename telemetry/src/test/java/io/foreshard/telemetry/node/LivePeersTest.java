package io.foreshard.telemetry.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.telemetry.Await;
import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks Debian's node_exporter and Prometheus about this machine, and compares with what its kernel says. */
@Tag("live")
class LivePeersTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);
    private static final String EXPORTER = "prometheus-node-exporter";
    private static final String PROMETHEUS = "prometheus";

    private final EventExecutor timer = new DefaultEventExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();

    @AfterEach
    void stop() throws InterruptedException {
        timer.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        threads.shutdownNow();
    }

    @Test
    void nodeExporterPrometheusAndProcAgreeAboutThisMachine(@TempDir Path folder) throws Exception {
        Peer.assumeInstalled(EXPORTER);
        Peer.assumeInstalled(PROMETHEUS);
        int exporterPort = Peer.freePort();
        int serverPort = Peer.freePort();
        Files.writeString(folder.resolve("prometheus.yml"), configuration(exporterPort));
        try (Peer exporter = Peer.start(folder, EXPORTER, "--web.listen-address=127.0.0.1:" + exporterPort);
                Peer prometheus = startPrometheus(folder, serverPort);
                NodeTelemetry scraped = NodeTelemetry.exporter(client, timer)
                        .interval(Duration.ofMillis(250))
                        .server(SERVER, Peer.at(exporterPort, "/metrics"))
                        .build();
                NodeTelemetry queried = NodeTelemetry.prometheus(client, timer, Peer.at(serverPort, "/"))
                        .interval(Duration.ofMillis(400))
                        .server(
                                SERVER,
                                NodeQueries.ofNodeExporter("127.0.0.1:" + exporterPort, Duration.ofMillis(1500)))
                        .build();
                NodeTelemetry local = NodeTelemetry.local(threads, timer)
                        .interval(Duration.ofMillis(250))
                        .server(SERVER)
                        .build()) {
            scraped.start();
            queried.start();
            local.start();
            knowsTheProcessors("node_exporter", scraped, exporter);
            knowsTheProcessors("/proc", local, exporter);
            try (Burner burner = new Burner()) {
                burner.start(threads);
                looksBusy("node_exporter", scraped, exporter);
                looksBusy("/proc", local, exporter);
                looksBusy("Prometheus", queried, prometheus);
            }
            assertEquals(memoryTotal(), memoryTotal(exporterPort), "the size of the memory");
            assertClose("memory", load(local).memory(), load(scraped).memory());
            assertClose("memory", load(local).memory(), load(queried).memory());
            fadeWhenTheExporterDies(exporter, scraped, queried);
        }
    }

    /** Keeps all processors busy until it is closed. */
    private static final class Burner implements AutoCloseable {

        private final AtomicBoolean busy = new AtomicBoolean(true);

        void start(Executor threads) {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                threads.execute(this::burn);
            }
        }

        @Override
        public void close() {
            busy.set(false);
        }

        private void burn() {
            while (busy.get()) {
                Thread.onSpinWait();
            }
        }
    }

    private void looksBusy(String what, NodeTelemetry source, Peer peer) {
        Await.until(
                what + " sees that the machine is busy",
                () -> isBusy(load(source)),
                () -> load(source) + " " + source.counters().snapshot() + " " + peer.output());
    }

    private void fadeWhenTheExporterDies(Peer exporter, NodeTelemetry scraped, NodeTelemetry queried) {
        exporter.stop();
        Await.until("a direct scrape fades", () -> load(scraped) == null, () -> load(scraped));
        assertTrue(scraped.counters().get(TelemetryReason.UNREACHABLE) > 0);
        Await.until("what Prometheus says of the dead fades", () -> load(queried) == null, () -> load(queried));
    }

    private void knowsTheProcessors(String what, NodeTelemetry source, Peer peer) {
        Await.until(
                what + " knows the processors",
                () -> isPlausible(load(source)),
                () -> load(source) + " " + source.counters().snapshot() + " " + peer.output());
    }

    private static boolean isPlausible(NodeLoad load) {
        return load != null && load.cpu() >= 0 && load.cpu() <= 1 && load.memory() > 0 && load.memory() < 1;
    }

    private static boolean isBusy(NodeLoad load) {
        return load != null && load.cpu() > 0.8 && load.combined() >= load.cpu();
    }

    private static void assertClose(String what, double expected, double actual) {
        assertEquals(expected, actual, 0.05, what);
    }

    private NodeLoad load(NodeTelemetry source) {
        return source.latestLoad(SERVER, timer.ticker().nanoTime());
    }

    private static Peer startPrometheus(Path folder, int port) throws IOException {
        return Peer.start(
                folder,
                PROMETHEUS,
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port);
    }

    private static String configuration(int exporterPort) {
        return """
                global:
                  scrape_interval: 500ms
                scrape_configs:
                  - job_name: node
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                """.formatted(exporterPort);
    }

    private static double memoryTotal() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
        return 1024 * Double.parseDouble(line.replaceAll("[^0-9]", ""));
    }

    private double memoryTotal(int exporterPort) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(Peer.at(exporterPort, "/metrics")).build();
        String page = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return ExporterPage.read(page, device -> true).counters().memoryTotalBytes();
    }
}
