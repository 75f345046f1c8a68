package io.foreshard.simulator.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One timer for all that waits in a relay: the earliest deadline wins. Used on its loop only. */
final class ReleaseTimer {

    private final EventLoop loop;
    private final LongConsumer action;
    private @Nullable ScheduledFuture<?> scheduled;
    private long armedNanos = Long.MAX_VALUE;

    ReleaseTimer(EventLoop loop, LongConsumer action) {
        this.loop = loop;
        this.action = action;
    }

    void arm(long deadlineNanos) {
        if (deadlineNanos >= armedNanos) {
            return;
        }
        cancel();
        armedNanos = deadlineNanos;
        long delayNanos = Math.max(0, deadlineNanos - loop.ticker().nanoTime());
        scheduled = loop.schedule(this::fire, delayNanos, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
        armedNanos = Long.MAX_VALUE;
    }

    private void fire() {
        scheduled = null;
        armedNanos = Long.MAX_VALUE;
        action.accept(loop.ticker().nanoTime());
    }
}
