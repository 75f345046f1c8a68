package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes addresses ready for machines that do not exist yet: programs interfaces, filters, name servers. What takes long here is what
 * prefetching hides.
 */
@FunctionalInterface
public interface AddressWarmer {

    /** Addresses are warm at once. */
    AddressWarmer NOTHING_TO_DO = (subdivision, addresses) -> CompletableFuture.completedFuture(null);

    /**
     * Makes addresses ready. Called on the engine's executor: must not block. May be called again for the same addresses, also where the
     * call before was not answered in time.
     *
     * @param subdivision whose they are
     * @param addresses single addresses of shards that are confirmed
     * @return completes when they are; if it fails, they go back to the cold ones and are ordered again
     */
    CompletionStage<?> warm(String subdivision, List<Prefix> addresses);
}
