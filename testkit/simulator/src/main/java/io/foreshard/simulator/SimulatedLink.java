package io.foreshard.simulator;

import io.foreshard.simulator.link.DatagramPipe;
import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.ImpairedLink;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.LinkStatistics;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One direction of a link between two nodes of a simulation. Datagrams and streams share its capacity. */
public final class SimulatedLink {

    private static final long MAX_HELD_BYTES = 64L << 20;

    private final Scheduler scheduler;
    private final DatagramPipe<Route> pipe;
    private final BiConsumer<Route, byte[]> exit;
    private long armedNanos = Long.MAX_VALUE;

    SimulatedLink(
            Scheduler scheduler, Impairment impairment, long seed, long startNanos, BiConsumer<Route, byte[]> exit) {
        this.scheduler = scheduler;
        this.exit = exit;
        pipe = new DatagramPipe<>(new ImpairedLink(impairment, seed, startNanos), MAX_HELD_BYTES);
    }

    /**
     * Returns what the link does.
     *
     * @return the configuration
     */
    public Impairment impairment() {
        return pipe.link().impairment();
    }

    /**
     * Returns what has passed so far.
     *
     * @return a snapshot; streams are not counted
     */
    public LinkStatistics statistics() {
        return pipe.statistics();
    }

    /**
     * Returns what waits before the bottleneck or is in service.
     *
     * @return bytes
     */
    public long queuedBytes() {
        return pipe.link().queuedBytes(scheduler.nowNanos());
    }

    ImpairedLink engine() {
        return pipe.link();
    }

    @Nullable
    DropReason offer(Route route, byte[] payload) {
        DropReason reason = pipe.offer(scheduler.nowNanos(), payload, route);
        arm();
        return reason;
    }

    private void arm() {
        long deadlineNanos = pipe.nextDeadlineNanos();
        if (deadlineNanos < armedNanos) {
            armedNanos = deadlineNanos;
            scheduler.at(deadlineNanos, () -> release(deadlineNanos));
        }
    }

    private void release(long deadlineNanos) {
        if (armedNanos == deadlineNanos) {
            armedNanos = Long.MAX_VALUE;
        }
        pipe.release(scheduler.nowNanos(), (payload, route) -> exit.accept(route, payload));
        arm();
    }
}
