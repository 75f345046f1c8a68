package io.foreshard.telemetry.node;

import io.foreshard.telemetry.AddressPrefix;
import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.PushTelemetry;
import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.Ticker;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One server node and the question that may be under way to it. */
final class PolledNode {

    private final Object key;
    private final LoadReader reader;
    private final PushTelemetry loads;
    private final Ticker ticker;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean closed;

    PolledNode(Object key, LoadReader reader, PushTelemetry loads, Ticker ticker) {
        this.key = key;
        this.reader = reader;
        this.loads = loads;
        this.ticker = ticker;
    }

    /** Asks, unless the question before has no answer yet. */
    void poll() {
        if (!underWay.compareAndSet(false, true)) {
            loads.counters().count(TelemetryReason.POLL_SKIPPED);
            return;
        }
        ask().whenComplete((load, failure) -> {
            try {
                take(load, failure);
            } finally {
                underWay.set(false);
            }
        });
    }

    /** Takes no answer any more. */
    void close() {
        closed = true;
    }

    private CompletableFuture<@Nullable LoadObservation> ask() {
        try {
            return reader.read();
        } catch (RuntimeException refused) {
            // An executor that is full or over, a client that is closed.
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void take(@Nullable LoadObservation load, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (failure != null) {
            loads.counters().count(AnswerException.reason(failure));
        } else if (load != null) {
            push(load, ticker.nanoTime());
        }
    }

    private void push(LoadObservation load, long nowNanos) {
        if (key instanceof AddressPrefix prefix) {
            loads.pushLoad(prefix, load, nowNanos);
        } else {
            loads.pushLoad((SocketAddress) key, load, nowNanos);
        }
    }
}
