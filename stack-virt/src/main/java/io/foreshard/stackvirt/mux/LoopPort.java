package io.foreshard.stackvirt.mux;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** A port. Results for another thread than the loop's pass through a ring, which has room for all that may be outstanding. */
final class LoopPort implements Port {

    private static final int BATCH = 64;

    private final DefaultMultiplexer multiplexer;
    private final EventExecutor executor;
    private final int maxOutstanding;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final @Nullable SpscVarHandleArrayQueue<Told> results;
    private final AtomicBoolean drainQueued = new AtomicBoolean();
    private final Runnable drainTask = this::drain;
    private volatile boolean isClosed;

    private record Told(ResultHandler handler, MessageResult result) {}

    LoopPort(DefaultMultiplexer multiplexer, EventExecutor executor, int maxOutstanding) {
        this.multiplexer = multiplexer;
        this.executor = executor;
        this.maxOutstanding = maxOutstanding;
        this.results =
                executor == multiplexer.loop() ? null : new SpscVarHandleArrayQueue<>(Math.max(2, maxOutstanding));
    }

    @Override
    public void send(
            int protocol, long source, long destination, ByteBuf message, long deadlineNanos, ResultHandler handler) {
        MuxReason refusal = isClosed ? MuxReason.CLOSED : reserve() ? null : MuxReason.PORT_FULL;
        if (refusal != null) {
            message.release();
            multiplexer.refuseAtOnce(refusal, handler);
            return;
        }
        multiplexer.take(this, protocol, source, destination, message, deadlineNanos, handler);
    }

    private boolean reserve() {
        int now = outstanding.get();
        while (now < maxOutstanding) {
            if (outstanding.compareAndSet(now, now + 1)) {
                return true;
            }
            now = outstanding.get();
        }
        return false;
    }

    /** A message that was reserved was not taken. */
    void cancel() {
        outstanding.decrementAndGet();
    }

    /** Tells a result. On the multiplexer's loop. */
    void tell(ResultHandler handler, MessageResult result) {
        if (results == null) {
            call(handler, result);
            return;
        }
        // Never full: what is in it still counts as outstanding.
        results.offer(new Told(handler, result));
        queueDrain();
    }

    private void queueDrain() {
        if (drainQueued.compareAndSet(false, true)) {
            try {
                executor.execute(drainTask);
            } catch (RejectedExecutionException shutDown) {
                // The router is gone; whoever set the mark is the one consumer, and tells on this thread.
                drainAll();
            }
        }
    }

    private void drain() {
        for (int taken = 0; taken < BATCH; taken++) {
            if (!drainOne()) {
                drainQueued.set(false);
                if (results != null && !results.isEmpty()) {
                    queueDrain();
                }
                return;
            }
        }
        try {
            executor.execute(drainTask);
        } catch (RejectedExecutionException shutDown) {
            drainAll();
        }
    }

    private void drainAll() {
        do {
            boolean more;
            do {
                more = drainOne();
            } while (more);
            drainQueued.set(false);
        } while (results != null && !results.isEmpty() && drainQueued.compareAndSet(false, true));
    }

    private boolean drainOne() {
        Told next = results == null ? null : results.poll();
        if (next != null) {
            call(next.handler(), next.result());
        }
        return next != null;
    }

    private void call(ResultHandler handler, MessageResult result) {
        outstanding.decrementAndGet();
        multiplexer.call(handler, result);
    }

    @Override
    public int outstanding() {
        return outstanding.get();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
