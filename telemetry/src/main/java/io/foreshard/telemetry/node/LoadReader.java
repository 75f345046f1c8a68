package io.foreshard.telemetry.node;

import io.foreshard.telemetry.LoadObservation;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks one server node once. Never called again before what it returned is done. */
@FunctionalInterface
interface LoadReader {

    /** Returns at once what becomes of the question: a load, null where nothing was learnt, or the failure. */
    CompletableFuture<@Nullable LoadObservation> read();
}
