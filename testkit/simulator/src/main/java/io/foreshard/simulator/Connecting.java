package io.foreshard.simulator;

import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection attempt: a promise and its timeout. It ends once. */
final class Connecting {

    private final ChannelPromise promise;
    private final @Nullable ScheduledFuture<?> timeout;
    private boolean over;

    Connecting(
            ChannelPromise promise,
            EventLoop loop,
            int timeoutMillis,
            InetSocketAddress peer,
            Consumer<ConnectTimeoutException> onTimeout) {
        this.promise = promise;
        timeout = timeoutMillis <= 0
                ? null
                : loop.schedule(
                        () -> onTimeout.accept(new ConnectTimeoutException("connection timed out: " + peer)),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** Ends the attempt; {@code false} when it was over before or its promise has been given up. */
    boolean succeed() {
        return end() && promise.trySuccess();
    }

    /** Ends the attempt; {@code false} when it was over before. */
    boolean fail(Throwable cause) {
        return end() && promise.tryFailure(cause);
    }

    private boolean end() {
        boolean first = !over;
        over = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        return first;
    }
}
