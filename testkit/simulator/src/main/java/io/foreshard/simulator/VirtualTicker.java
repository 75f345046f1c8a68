package io.foreshard.simulator;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** The clock of a simulation: moved by the scheduler, read by everybody. */
final class VirtualTicker implements Ticker {

    private volatile long nowNanos;

    VirtualTicker(long startNanos) {
        nowNanos = startNanos;
    }

    void advanceTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }

    @Override
    public long initialNanoTime() {
        return 0;
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("sleep: " + delay + " " + unit
                + " (expected: a scheduled task; sleeping would stop the thread that moves the virtual time)");
    }
}
