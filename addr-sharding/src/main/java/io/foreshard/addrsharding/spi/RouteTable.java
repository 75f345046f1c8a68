package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The routes that somebody really has, such as a neighbour of our routers. Safe for use by several threads. */
@FunctionalInterface
public interface RouteTable {

    /**
     * Asks which ranges there are routes to: to the range itself, to a part of it, or to a larger range of ours that covers it.
     *
     * @param prefixes of our pools
     * @return completes with those of them that have any; fails if that cannot be read
     */
    CompletionStage<Set<Prefix>> present(Set<Prefix> prefixes);
}
