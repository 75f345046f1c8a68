package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/** Looks up ranges among the routes of a table that lie in our own pools: a default route of somebody else says nothing of ours. */
final class OwnRoutes {

    private final List<Prefix> pools;
    private final Executor executor;

    OwnRoutes(List<Prefix> pools, Executor executor) {
        Checks.require(!pools.isEmpty(), "pools", "none", "at least one");
        this.pools = List.copyOf(pools);
        this.executor = executor;
    }

    CompletionStage<Set<Prefix>> present(Set<Prefix> asked, Reader reader) {
        try {
            return CompletableFuture.supplyAsync(() -> look(asked, reader), executor);
        } catch (RejectedExecutionException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Set<Prefix> look(Set<Prefix> asked, Reader reader) {
        Set<Prefix> routes = new HashSet<>();
        for (Prefix pool : pools) {
            if (asked.stream().anyMatch(pool::overlaps)) {
                try {
                    routes.addAll(reader.routes(pool));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
        return asked.stream()
                .filter(prefix -> routes.stream().anyMatch(prefix::overlaps))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads the routes to a pool and to parts of it. */
    interface Reader {

        Set<Prefix> routes(Prefix pool) throws IOException;
    }
}
