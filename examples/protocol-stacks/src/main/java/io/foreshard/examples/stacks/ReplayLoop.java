package io.foreshard.examples.stacks;

import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;

/** The one event loop on which the replay happens, on a thread of its own, by the clock of the replay. */
final class ReplayLoop {

    /** By the clock on the wall; the loop itself would sleep as if its clock were that. */
    private static final long LONGEST_SLEEP_NANOS = 250_000;

    private static final long LONGEST_TURN_NANOS = 10_000_000;
    private static final long END_MILLIS = 5000;

    private final ReplayClock clock;
    private final ManualIoEventLoop loop;

    ReplayLoop(int speed) {
        clock = new ReplayClock(speed);
        Thread thread = new Thread(this::run, "replay");
        thread.setDaemon(true);
        loop = new ManualIoEventLoop(
                null, thread, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory(), clock);
        thread.start();
    }

    private void run() {
        while (!loop.isTerminated()) {
            loop.run(LONGEST_SLEEP_NANOS, LONGEST_TURN_NANOS);
        }
    }

    EventLoop loop() {
        return loop;
    }

    ReplayClock clock() {
        return clock;
    }

    void stop() throws InterruptedException {
        loop.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS);
        loop.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
    }
}
