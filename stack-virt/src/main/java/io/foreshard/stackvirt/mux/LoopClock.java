package io.foreshard.stackvirt.mux;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;

/** The one place that reads a clock: that of the event loop, so that a simulated loop brings its own. */
final class LoopClock {

    private final Ticker ticker;

    LoopClock(EventExecutor loop) {
        ticker = loop instanceof AbstractScheduledEventExecutor timed ? timed.ticker() : Ticker.systemTicker();
    }

    long nowNanos() {
        return ticker.nanoTime();
    }
}
