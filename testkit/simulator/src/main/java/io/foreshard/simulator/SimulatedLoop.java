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
    private long shutdownPollNanos = SHUTDOWN_POLL_NANOS;
    private boolean drained;

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

    /**
     * Runs what is ready. Netty sleeps for real when a loop shuts down in the instant of its last task; so the tasks come first, and
     * the end a nanosecond later.
     */
    void turn() {
        if (isShuttingDown() && !drained) {
            drained = true;
            shutdownPollNanos = 1;
            runNonBlockingTasks(0);
        } else {
            shutdownPollNanos = SHUTDOWN_POLL_NANOS;
            runNow();
        }
    }

    long nextDeadlineNanos() {
        if (isShuttingDown()) {
            return isTerminated() ? NO_DEADLINE : scheduler.nowNanos() + shutdownPollNanos;
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

    @Override
    public String toString() {
        return "loop " + index + " of " + node;
    }
}
