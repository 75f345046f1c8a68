package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks whether ranges are really withdrawn, where a router's word that it has a plan without them is not enough. */
@FunctionalInterface
public interface WithdrawalWatch {

    /** The word of routers is enough. */
    WithdrawalWatch NONE = CompletableFuture::completedFuture;

    /**
     * Looks for ranges that no router is to announce any more: all have applied a plan without them. Must not block. What is not seen
     * withdrawn is asked for again, and not given back before; a stage that fails or never completes counts as nothing seen.
     *
     * @param prefixes of shards that are draining
     * @return completes with those of them of which was seen, after this was called, that no router sends them and nobody looked at has a
     *     route to them
     */
    CompletionStage<Set<Prefix>> withdrawn(Set<Prefix> prefixes);
}
