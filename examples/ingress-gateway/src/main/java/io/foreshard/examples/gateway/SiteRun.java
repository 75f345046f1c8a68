package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One server during one run: its clients, and what is seen of it. Belongs to the main thread. */
final class SiteRun {

    private final Site site;
    private final Sight sight;
    private final @Nullable Bottleneck bottleneck;
    private final Traffic traffic = new Traffic();
    private final InetSocketAddress entrance;
    private final List<Look> looks = new ArrayList<>();
    private final long droppedBefore;
    private final long answeredBefore;
    private Uploads uploads = () -> new Uploads.Summary("", 0, 0, Double.NaN, Double.NaN);
    private CompletableFuture<Void> items = CompletableFuture.completedFuture(null);
    private @Nullable OpenLoopClient client;
    private boolean slow;
    private long sentBefore;

    SiteRun(Site site, Sight sight, Gateway gateway, @Nullable FlowShaper shaper) throws IOException {
        this.site = site;
        this.sight = sight;
        this.bottleneck = shaper == null ? null : shaper.bottleneck(site.name(), site.reached());
        this.entrance = gateway.listen(site.reached(), bottleneck, traffic);
        this.droppedBefore = site.way().dropped();
        this.answeredBefore = site.backend().answered();
    }

    Site site() {
        return site;
    }

    void start(Scenario scenario, long seed, long startNanos, Cleanup cleanup) throws IOException {
        HttpClient http = HttpClients.make(cleanup);
        Optional<Path> wrk = Commands.find("wrk");
        uploads = wrk.isPresent()
                ? WrkUploads.start(
                        wrk.get(),
                        HttpClients.uri(entrance, "/upload/"),
                        Scenario.UPLOADERS,
                        scenario.seconds(),
                        cleanup)
                : JavaUploads.start(
                        http, HttpClients.uri(entrance, "/upload/0"), Scenario.UPLOADERS, scenario.seconds());
        OpenLoopClient sender = new OpenLoopClient(http, HttpClients.uri(entrance, "/item"));
        double[] due = OpenLoopClient.arrivals(Scenario.ITEMS_PER_SECOND, scenario.seconds(), seed);
        client = sender;
        items = CompletableFuture.runAsync(
                () -> {
                    try {
                        sender.run(due, startNanos);
                    } catch (IOException interrupted) {
                        throw new CompletionException(interrupted);
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "items of " + site.name());
                    thread.setDaemon(true);
                    cleanup.add(thread::interrupt);
                    thread.start();
                });
    }

    /** Looks at it, and makes it slow or not as the time wants it. */
    void look(Scenario scenario, double atSeconds) {
        if (site.slows() && scenario.isSlow(atSeconds) != slow) {
            slow = !slow;
            site.slowDown(slow ? Scenario.SLOWNESS : 1);
        }
        looks.add(new Look(
                atSeconds,
                rate(atSeconds),
                traffic.waitingBytes(),
                sight.queueSeconds(site),
                site.backend().load(),
                bottleneck == null
                        ? Double.POSITIVE_INFINITY
                        : bottleneck.report().rateBytesPerSecond()));
    }

    private double rate(double atSeconds) {
        long sent = traffic.sentBytes();
        double since = looks.isEmpty() ? 0 : looks.get(looks.size() - 1).atSeconds();
        double rate = (sent - sentBefore) / Math.max(1e-3, atSeconds - since);
        sentBefore = sent;
        return rate;
    }

    /** Returns what was seen in the last second. */
    List<Look> lastSecond() {
        return looks.subList(Math.max(0, looks.size() - Run.LOOKS_PER_SECOND), looks.size());
    }

    /** Waits for the clients. */
    Uploads.Summary finish() throws IOException {
        Uploads.Summary summary = uploads.await();
        try {
            items.join();
        } catch (CompletionException failed) {
            throw new IOException("the client of " + site.name() + " failed", failed);
        } finally {
            if (slow) {
                slow = false;
                site.slowDown(1);
            }
        }
        return summary;
    }

    /** Returns how it went; when its connections are closed and the server has come to rest. */
    SiteResult result(Uploads.Summary summary) throws IOException {
        List<Answer> answers = client == null ? List.of() : client.answers();
        return new SiteResult(
                site.name(),
                site.slows(),
                List.copyOf(looks),
                answers,
                summary,
                traffic,
                site.way().dropped() - droppedBefore,
                site.backend().answered() - answeredBefore);
    }
}
