package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.route.RoutePlan;
import java.util.concurrent.CompletionStage;

/** Looks at what a router really does. Safe for use by several threads. */
public interface RouterWatch {

    /**
     * Asks a router what it sends to the neighbours of a plan. The stage never fails: what went wrong is an outcome.
     *
     * @param plan what the router should have
     */
    CompletionStage<Observation> observe(RoutePlan plan);
}
