package io.foreshard.simulator;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ManualIoEventLoop;

/**
 * An event loop that is stepped by the scheduler. It tells code of one loop from code of another although all share a thread, so
 * that a hand-over between loops takes the same way as in production.
 */
final class SimulatedLoop extends ManualIoEventLoop {

    static final long NO_DEADLINE = -1;

    private static final long SHUTDOWN_POLL_NANOS = 1_000_000;

    private final SimulatedNode node;
    private final Scheduler scheduler;
    private final int index;
    private long armedNanos = NO_DEADLINE;
    private boolean shutdownDeferred;

    SimulatedLoop(IoEventLoopGroup group, SimulatedNode node, Scheduler scheduler, int index) {
        super(
                group,
                scheduler.owner(),
                executor -> new SimulatedIoHandler(() -> scheduler.makeReady((SimulatedLoop) executor)),
                scheduler.ticker());
        this.node = node;
        this.scheduler = scheduler;
        this.index = index;
    }

    SimulatedNode node() {
        return node;
    }

    @Override
    public boolean inEventLoop() {
        return scheduler.isRunning(this);
    }

    long nextDeadlineNanos() {
        if (isShuttingDown()) {
            return isTerminated() ? NO_DEADLINE : scheduler.nowNanos() + SHUTDOWN_POLL_NANOS;
        }
        return nextScheduledTaskDeadlineNanos();
    }

    /** Notes for when the loop is to be woken; {@code false} when it already is. */
    boolean arm(long deadlineNanos) {
        boolean fresh = armedNanos != deadlineNanos;
        armedNanos = deadlineNanos;
        return fresh;
    }

    /** Uses up the note; {@code false} when it has been replaced meanwhile. */
    boolean disarm(long deadlineNanos) {
        boolean valid = armedNanos == deadlineNanos;
        if (valid) {
            armedNanos = NO_DEADLINE;
        }
        return valid;
    }

    /** Netty sleeps for real when a loop shuts down in the instant of its last task; one nanosecond later it does not. */
    boolean defersShutdown() {
        boolean defers = isShuttingDown() && !shutdownDeferred;
        shutdownDeferred |= defers;
        return defers;
    }

    @Override
    public String toString() {
        return "loop " + index + " of " + node;
    }
}
