package io.foreshard.telemetry.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.telemetry.AddressPrefix;
import io.foreshard.telemetry.Await;
import io.foreshard.telemetry.LoadFact;
import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExporterTelemetryTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);

    private final EventExecutor timer = new DefaultEventExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();

    @AfterEach
    void stop() throws InterruptedException {
        timer.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).sync();
        threads.shutdownNow();
    }

    @Test
    void onePageBecomesTheMemoryAndTheNextTheProcessorsToo() throws IOException {
        AtomicInteger pages = new AtomicInteger();
        try (FakeSite site = new FakeSite(asked -> page(pages.getAndIncrement()));
                NodeTelemetry source = started(site.at("/metrics"))) {
            Await.until(
                    "the processors are known",
                    () -> load(source) != null && load(source).cpu() > 0);
            NodeLoad load = load(source);
            assertEquals(0.25, load.cpu(), 1e-9);
            assertEquals(0.75, load.memory(), 1e-9);
            assertEquals(0.25, load.combined(), 1e-9);
            assertTrue(load.confidence() > 0);
            assertNull(source.latest(SERVER, timer.ticker().nanoTime()));
            assertNull(source.latestLoad(
                    new InetSocketAddress("10.1.2.4", 8080), timer.ticker().nanoTime()));
        }
    }

    @Test
    void aServerThatDiesIsUnknownAfterThreeIntervalsAndNeverIdle() throws IOException {
        AtomicInteger pages = new AtomicInteger();
        try (FakeSite site = new FakeSite(asked -> page(pages.getAndIncrement()));
                NodeTelemetry source = started(site.at("/metrics"))) {
            Await.until(
                    "the processors are known",
                    () -> load(source) != null && load(source).cpu() > 0);
            site.stop();
            Await.until("the server is unknown", () -> {
                NodeLoad load = load(source);
                assertTrue(load == null || load.cpu() > 0 || Double.isNaN(load.cpu()), () -> "idle: " + load);
                return load == null;
            });
            assertTrue(source.counters().get(TelemetryReason.UNREACHABLE) > 0);
        }
    }

    @Test
    void keepsASeriesOfEachFact() throws IOException {
        AtomicInteger pages = new AtomicInteger();
        try (FakeSite site = new FakeSite(asked -> page(pages.getAndIncrement()));
                NodeTelemetry source = started(site.at("/metrics"))) {
            Await.until("five steps are over", () -> series(source, LoadFact.CPU).length >= 5);
            assertTrue(Arrays.stream(series(source, LoadFact.CPU)).anyMatch(value -> Math.abs(value - 0.25) < 1e-9));
            assertTrue(Arrays.stream(series(source, LoadFact.MEMORY)).anyMatch(value -> Math.abs(value - 0.75) < 1e-9));
            assertTrue(Arrays.stream(series(source, LoadFact.NETWORK)).allMatch(Double::isNaN));
        }
    }

    @Test
    void anEndlessPageIsGivenUp() throws IOException {
        try (Endless site = new Endless("HTTP/1.1 200 OK\r\n\r\n", "node_time_seconds 1\n".repeat(4096), 0);
                NodeTelemetry source = NodeTelemetry.exporter(client, timer)
                        .maxAnswerBytes(1 << 20)
                        .server(SERVER, site.address())
                        .build()) {
            source.start();
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.ANSWER_TOO_LARGE) > 0);
            assertNull(load(source));
            assertTrue(site.mostSent() < 64 << 20, () -> "sent " + site.mostSent());
        }
    }

    @Test
    void aPageThatDripsForEverIsGivenUp() throws IOException {
        try (Endless site = new Endless("HTTP/1.1 200 OK\r\n\r\n", "#", 20);
                NodeTelemetry source = started(site.address())) {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.UNREACHABLE) > 2);
            assertNull(load(source));
        }
    }

    @Test
    void aHeaderThatNeverComesIsGivenUp() throws IOException {
        try (Endless site = new Endless("", "", 20);
                NodeTelemetry source = started(site.address())) {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.UNREACHABLE) > 2);
        }
    }

    @Test
    void anErrorPageSaysNothing() throws IOException {
        try (FakeSite site = new FakeSite(asked -> "!" + page(1));
                NodeTelemetry source = started(site.at("/metrics"))) {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.BAD_STATUS) > 1);
            assertNull(load(source));
        }
    }

    @Test
    void garbageSaysNothing() throws IOException {
        try (FakeSite site = new FakeSite(asked -> "<html><body>It works!</body></html>");
                NodeTelemetry source = started(site.at("/metrics"))) {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.MALFORMED) > 1);
            assertNull(load(source));
        }
    }

    @Test
    void aPageFromACacheDecaysToUnknown() throws IOException {
        AtomicReference<String> page = new AtomicReference<>(page(1));
        try (FakeSite site = new FakeSite(asked -> page.get());
                NodeTelemetry source = started(site.at("/metrics"))) {
            Await.until("it was read", () -> load(source) != null);
            // A busy machine may ask so late that the first answer has aged before a second one shows that the page
            // stands still.
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.FROZEN) > 0);
            Await.until("it is unknown", () -> load(source) == null);
        }
    }

    @Test
    void serversAreFoundByPrefix() throws IOException {
        AtomicInteger pages = new AtomicInteger();
        try (FakeSite site = new FakeSite(asked -> page(pages.getAndIncrement()));
                NodeTelemetry source = NodeTelemetry.exporter(client, timer)
                        .server(AddressPrefix.parse("2001:db8::/32"), site.at("/metrics"))
                        .build()) {
            source.start();
            source.start();
            InetSocketAddress inside = new InetSocketAddress(InetAddress.getByName("2001:db8::7"), 1);
            Await.until(
                    "it is known",
                    () -> source.latestLoad(inside, timer.ticker().nanoTime()) != null);
            assertNotNull(source.latestLoad(inside, timer.ticker().nanoTime()));
        }
    }

    private NodeTelemetry started(URI page) {
        NodeTelemetry source = NodeTelemetry.exporter(client, timer)
                .interval(Duration.ofMillis(60))
                .server(SERVER, page)
                .build();
        source.start();
        return source;
    }

    private NodeLoad load(NodeTelemetry source) {
        return source.latestLoad(SERVER, timer.ticker().nanoTime());
    }

    private double[] series(NodeTelemetry source, LoadFact fact) {
        return source.loadSeries(SERVER, fact, timer.ticker().nanoTime());
    }

    /** Returns the page of a server whose processors are a quarter busy. */
    private static String page(int number) {
        return """
                # HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.
                # TYPE node_cpu_seconds_total counter
                node_cpu_seconds_total{cpu="0",mode="idle"} %s
                node_cpu_seconds_total{cpu="0",mode="iowait"} 17
                node_cpu_seconds_total{cpu="0",mode="user"} %s
                node_memory_MemAvailable_bytes 1e+09
                node_memory_MemTotal_bytes 4e+09
                node_time_seconds %s
                """.formatted(1000 + 3 * number, 500 + number, 1.7e9 + number);
    }

    /** Sends a head and then a text again and again to whoever connects. */
    private static final class Endless implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final AtomicInteger mostSent = new AtomicInteger();

        Endless(String head, String text, int pauseMillis) throws IOException {
            threads.execute(() -> accept(socket -> threads.execute(() -> send(socket, head, text, pauseMillis))));
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/metrics");
        }

        int mostSent() {
            return mostSent.get();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            threads.shutdownNow();
        }

        private void accept(Consumer<Socket> next) {
            try {
                while (true) {
                    next.accept(listener.accept());
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void send(Socket socket, String head, String text, int pauseMillis) {
            int sent = 0;
            try (socket;
                    OutputStream out = socket.getOutputStream()) {
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                while (!Thread.currentThread().isInterrupted()) {
                    out.write(text.getBytes(StandardCharsets.US_ASCII));
                    sent += text.length();
                    mostSent.accumulateAndGet(sent, Math::max);
                    java.util.concurrent.locks.LockSupport.parkNanos(pauseMillis * 1_000_000L);
                }
            } catch (IOException givenUp) {
                // What the test waits for.
            }
        }
    }
}
