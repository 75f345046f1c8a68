package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.RouteTable;
import io.foreshard.runtime.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The routes that an FRR has by BGP, wherever they came from; read by {@code vtysh}. */
public final class FrrTable implements RouteTable {

    private static final long MOST_BYTES = 1 << 27;

    private final Path sockets;
    private final OwnRoutes own;
    private final long limitNanos;

    /**
     * Describes a router. Nothing is asked of it yet.
     *
     * @param sockets the directory where its daemons have their sockets, usually {@code /run/frr}
     * @param pools of ours
     * @param executor runs what blocks
     * @param limit how long an answer may take, 100 ms…10 min
     * @throws IllegalArgumentException if there is no pool, or the limit is out of range
     */
    public FrrTable(Path sockets, List<Prefix> pools, Executor executor, Duration limit) {
        this.sockets = sockets;
        own = new OwnRoutes(pools, executor);
        limitNanos = Checks.duration("limit", limit, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    @Override
    public CompletionStage<Set<Prefix>> present(Set<Prefix> prefixes) {
        return own.present(prefixes, this::routes);
    }

    private Set<Prefix> routes(Prefix pool) throws IOException {
        String family = pool.family() == AddressFamily.IPV4 ? "ipv4" : "ipv6";
        String question = "show bgp " + family + " unicast " + pool + " longer-prefixes json";
        ToolRun run = ToolRun.of(
                List.of("vtysh", "--vty_socket", sockets.toString(), "-c", question), limitNanos, MOST_BYTES);
        Optional<Map<?, ?>> answer = run.isGood() ? Json.object(run.output()) : Optional.empty();
        Object routes = answer.orElseThrow(() -> new IOException(question + ": no JSON (expected: an object)"))
                .get("routes");
        // Without a route there is an empty object.
        Set<Prefix> found = new HashSet<>();
        if (routes instanceof Map<?, ?> map) {
            for (Object prefix : map.keySet()) {
                try {
                    found.add(Prefix.parse(prefix.toString()));
                } catch (IllegalArgumentException noPrefix) {
                    throw new IOException(question + ": " + prefix + " (expected: a prefix)", noPrefix);
                }
            }
        }
        return found;
    }
}
