package io.foreshard.stackvirt.mux;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/** Messages from other threads on their way to the loop: a ring, bounded in messages and memory. */
final class Handover {

    private static final int BATCH = 64;

    private final EventLoop loop;
    private final Consumer<Exchange> taker;
    private final Consumer<Exchange> dropper;
    private final MpscVarHandleArrayQueue<Exchange> ring;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean drainQueued = new AtomicBoolean();
    private final Runnable drainTask = this::drain;

    /**
     * Makes an empty one.
     *
     * @param taker takes a message on the loop
     * @param dropper takes one when the loop is shut down, on any thread
     */
    Handover(EventLoop loop, int messages, long maxBytes, Consumer<Exchange> taker, Consumer<Exchange> dropper) {
        this.loop = loop;
        this.taker = taker;
        this.dropper = dropper;
        this.ring = new MpscVarHandleArrayQueue<>(messages);
        this.maxBytes = maxBytes;
    }

    /** Returns whether there was room. Any thread. */
    boolean offer(Exchange exchange) {
        int size = exchange.capacity;
        if (bytes.addAndGet(size) > maxBytes || !ring.offer(exchange)) {
            bytes.addAndGet(-size);
            return false;
        }
        queueDrain();
        return true;
    }

    private void drain() {
        boolean isEmpty = false;
        try {
            isEmpty = drainBatch();
        } finally {
            // Also after an error in a taker: what is behind it is not to be stuck.
            if (!isEmpty) {
                execute();
            } else {
                drainQueued.set(false);
                if (!ring.isEmpty()) {
                    queueDrain();
                }
            }
        }
    }

    private boolean drainBatch() {
        for (int taken = 0; taken < BATCH; taken++) {
            Exchange next = ring.poll();
            if (next == null) {
                return true;
            }
            bytes.addAndGet(-next.capacity);
            taker.accept(next);
        }
        return false;
    }

    private void queueDrain() {
        if (drainQueued.compareAndSet(false, true)) {
            execute();
        }
    }

    private void execute() {
        try {
            loop.execute(drainTask);
        } catch (RejectedExecutionException shutDown) {
            dropAll();
        }
    }

    /** Nobody drains any more. Whoever set the mark is the one consumer, and looks again for what came meanwhile. */
    private void dropAll() {
        do {
            for (Exchange next = ring.poll(); next != null; next = ring.poll()) {
                bytes.addAndGet(-next.capacity);
                dropper.accept(next);
            }
            drainQueued.set(false);
        } while (!ring.isEmpty() && drainQueued.compareAndSet(false, true));
    }
}
