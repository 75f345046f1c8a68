package io.foreshard.telemetry.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.telemetry.AddressPrefix;
import io.foreshard.telemetry.Await;
import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusTelemetryTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);

    private final EventExecutor timer = new DefaultEventExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();

    @AfterEach
    void stop() throws InterruptedException {
        timer.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        threads.shutdownNow();
    }

    @Test
    void aFactWhoseQueryFailsIsUnknownAndTheOthersAreNot() throws IOException {
        asking(
                query -> switch (query) {
                    case "query=cpu" -> value("0.5");
                    case "query=memory" -> value("0.25");
                    case "query=age" -> value("0.01");
                    default -> "{\"status\":\"error\"}";
                },
                source -> {
                    Await.until("it is known", () -> load(source) != null);
                    NodeLoad load = load(source);
                    assertEquals(0.5, load.cpu());
                    assertEquals(0.25, load.memory());
                    assertTrue(Double.isNaN(load.network()));
                    assertTrue(load.ageNanos() >= 10_000_000, "the age at the server counts");
                    assertTrue(source.counters().get(TelemetryReason.BAD_STATUS) > 0);
                });
    }

    @Test
    void samplesThatAreOldAtTheServerAreNotBelieved() throws IOException {
        asking(query -> value(query.equals("query=age") ? "120" : "0.5"), source -> {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.STALE) > 1);
            assertNull(load(source));
        });
    }

    @Test
    void samplesFromTheFutureAreNotBelieved() throws IOException {
        asking(query -> value(query.equals("query=age") ? "-3600" : "0.5"), source -> {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.CLOCK_JUMP) > 1);
            assertNull(load(source));
        });
    }

    @Test
    void absurdValuesAreNotBelieved() throws IOException {
        asking(query -> value(query.equals("query=age") ? "0" : query.equals("query=cpu") ? "-7" : "1e300"), source -> {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.IMPLAUSIBLE) > 2);
            assertNull(load(source));
        });
    }

    @Test
    void anAgeThatIsNotKnownMakesTheRestUseless() throws IOException {
        asking(query -> query.equals("query=age") ? "nonsense" : value("0.5"), source -> {
            Await.until("it is counted", () -> source.counters().get(TelemetryReason.MALFORMED) > 1);
            assertNull(load(source));
        });
    }

    @Test
    void settingsAreCheckedAtTheEdge() {
        URI server = URI.create("http://127.0.0.1:9");
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeTelemetry.prometheus(client, timer, URI.create("file:///etc/passwd")));
        var builder = NodeTelemetry.prometheus(client, timer, server);
        assertThrows(IllegalArgumentException.class, builder::build);
        builder.server(AddressPrefix.parse("10.0.0.0/8"), new NodeQueries("cpu", null, null, null));
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.timeout(Duration.ofSeconds(16)).build());
        assertThrows(IllegalArgumentException.class, () -> builder.header("Host", "x"));
        assertThrows(IllegalArgumentException.class, () -> new NodeQueries(null, null, null, "age"));
        NodeTelemetry closed = builder.timeout(Duration.ofSeconds(15)).build();
        closed.close();
        assertThrows(IllegalStateException.class, closed::start);
    }

    @Test
    void anInstanceCannotLeaveItsQuotes() {
        NodeQueries queries = NodeQueries.ofNodeExporter("a\"} or vector(0) #\\", Duration.ofMinutes(1));
        assertTrue(queries.memory().contains("instance=\"a\\\"} or vector(0) #\\\\\""));
        assertTrue(queries.cpu().contains("[60000ms]"));
    }

    private interface Check {
        void with(NodeTelemetry source) throws IOException;
    }

    private void asking(UnaryOperator<String> answers, Check check) throws IOException {
        try (FakeSite site = new FakeSite(answers);
                NodeTelemetry source = NodeTelemetry.prometheus(client, timer, site.at(""))
                        .interval(Duration.ofMillis(100))
                        .header("Authorization", "Bearer x")
                        .server(SERVER, new NodeQueries("cpu", "memory", "network", "age"))
                        .build()) {
            source.start();
            check.with(source);
        }
    }

    private NodeLoad load(NodeTelemetry source) {
        return source.latestLoad(SERVER, timer.ticker().nanoTime());
    }

    private static String value(String number) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"" + number + "\"]}}";
    }
}
