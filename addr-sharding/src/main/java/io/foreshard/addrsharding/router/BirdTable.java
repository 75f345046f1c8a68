package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.SentRoute;
import io.foreshard.addrsharding.spi.RouteTable;
import io.foreshard.runtime.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The routes that a BIRD 2 has, wherever they came from; read by its control socket, for which a restricted one is enough. */
public final class BirdTable implements RouteTable {

    private final Path socket;
    private final OwnRoutes own;
    private final LongSupplier nanoTime;
    private final long limitNanos;

    /**
     * Describes a router. Nothing is asked of it yet.
     *
     * @param socket its control socket
     * @param pools of ours
     * @param executor runs what blocks
     * @param nanoTime the clock by which the limit is kept, such as {@code System::nanoTime}
     * @param limit how long an answer may take, 100 ms…10 min
     * @throws IllegalArgumentException if there is no pool, or the limit is out of range
     */
    public BirdTable(Path socket, List<Prefix> pools, Executor executor, LongSupplier nanoTime, Duration limit) {
        this.socket = socket;
        this.nanoTime = nanoTime;
        own = new OwnRoutes(pools, executor);
        limitNanos = Checks.duration("limit", limit, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    @Override
    public CompletionStage<Set<Prefix>> present(Set<Prefix> prefixes) {
        return own.present(prefixes, this::routes);
    }

    private Set<Prefix> routes(Prefix pool) throws IOException {
        try (BirdControl control = BirdControl.open(socket, nanoTime, limitNanos)) {
            BirdRoutes routes = new BirdRoutes();
            BirdControl.Answer answer = control.ask("show route in " + pool + " all", routes);
            if (answer.isRefusal() && !answer.text().contains("Network not found")) {
                throw new IOException(answer.text());
            }
            return routes.end().orElseThrow(() -> new IOException("routes: in " + pool + " (expected: fewer)")).stream()
                    .map(SentRoute::prefix)
                    .collect(Collectors.toSet());
        }
    }
}
