package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What wrk does, where it is not installed: some clients, each of which uploads again when it is answered. */
final class JavaUploads implements Uploads {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final List<HttpRequest> requests;
    private final long endNanos;
    private final List<Double> seconds = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private long failed;

    private JavaUploads(HttpClient client, URI target, int seconds) {
        this.client = client;
        this.requests = Content.uploadBytes().stream()
                .map(bytes -> HttpRequest.newBuilder(target)
                        .timeout(PATIENCE)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(Content.upload(bytes)))
                        .build())
                .toList();
        this.endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    static Uploads start(HttpClient client, URI target, int connections, int seconds) {
        JavaUploads uploads = new JavaUploads(client, target, seconds);
        for (int connection = 0; connection < connections; connection++) {
            uploads.next();
        }
        return uploads;
    }

    private void next() {
        long started = System.nanoTime();
        HttpRequest request = requests.get(count.getAndIncrement() % requests.size());
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            long now = System.nanoTime();
            if (now >= endNanos) {
                return;
            }
            note(failure == null && answer.statusCode() / 100 == 2, (now - started) / 1e9);
            next();
        });
    }

    private synchronized void note(boolean succeeded, double took) {
        if (succeeded) {
            seconds.add(took);
        } else {
            failed++;
        }
    }

    @Override
    public Summary await() throws IOException {
        Pause.until(endNanos);
        synchronized (this) {
            List<Double> sorted = new ArrayList<>(seconds);
            Collections.sort(sorted);
            return new Summary("Java", sorted.size(), failed, rank(sorted, 50), rank(sorted, 90));
        }
    }

    private static double rank(List<Double> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
