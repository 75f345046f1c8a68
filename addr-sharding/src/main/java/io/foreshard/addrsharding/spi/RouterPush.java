package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.route.RoutePlan;
import java.util.concurrent.CompletionStage;

/** Tells a router its plan. Safe for use by several threads; plans are pushed one after another, in the order in which they came. */
public interface RouterPush {

    /**
     * Makes a router have a plan. The stage never fails: what went wrong is an outcome.
     *
     * @param plan replaces what the router was told before
     */
    CompletionStage<PushOutcome> push(RoutePlan plan);
}
