package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP clients, as they are used here. Stateless. */
final class HttpClients {

    private HttpClients() {}

    static HttpClient make(Cleanup cleanup) {
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "client");
            thread.setDaemon(true);
            return thread;
        });
        cleanup.add(threads::shutdown);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(Scenario.PATIENCE_SECONDS))
                .executor(threads)
                .build();
    }

    static URI uri(InetSocketAddress server, String path) {
        return URI.create("http://" + server.getAddress().getHostAddress() + ":" + server.getPort() + path);
    }
}
