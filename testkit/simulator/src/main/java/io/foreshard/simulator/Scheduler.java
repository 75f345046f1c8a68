package io.foreshard.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one place where virtual time moves. Events fire in order of time, then of scheduling. Loops that are ready at the same instant
 * run in an order that the seed decides: another seed explores another interleaving.
 */
final class Scheduler {

    /** So many steps without time moving are a task that reschedules itself without delay. */
    private static final int MAX_STEPS_PER_INSTANT = 1_000_000;

    private final Thread owner = Thread.currentThread();
    private final VirtualTicker ticker;
    private final SplittableRandom random;
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::sequence));
    private final List<SimulatedLoop> ready = new ArrayList<>();
    private final Queue<SimulatedLoop> wokenByOtherThreads = new ConcurrentLinkedQueue<>();
    private @Nullable SimulatedLoop current;
    private long nextSequence;
    private int stepsInInstant;

    private record Event(long nanos, long sequence, Runnable action) {}

    Scheduler(VirtualTicker ticker, SplittableRandom random) {
        this.ticker = ticker;
        this.random = random;
    }

    VirtualTicker ticker() {
        return ticker;
    }

    long nowNanos() {
        return ticker.nanoTime();
    }

    Thread owner() {
        return owner;
    }

    boolean isRunning(SimulatedLoop loop) {
        return current == loop && Thread.currentThread() == owner;
    }

    void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(nanos, nowNanos()), nextSequence++, action));
    }

    void makeReady(SimulatedLoop loop) {
        if (Thread.currentThread() != owner) {
            wokenByOtherThreads.add(loop);
        } else if (!ready.contains(loop)) {
            ready.add(loop);
        }
    }

    void checkIdle() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "thread: " + Thread.currentThread() + " (expected: " + owner + ", which made the simulation)");
        }
        if (current != null) {
            throw new IllegalStateException("caller: a task of " + current + " (expected: code outside the loops)");
        }
    }

    /** Does the next thing that is due until the limit; tells whether there was one. */
    boolean step(long limitNanos) {
        takeForeignWakeups();
        Event head = events.peek();
        if (head != null && head.nanos <= nowNanos()) {
            return fire(events.remove());
        }
        if (!ready.isEmpty()) {
            countStep();
            run(ready.remove(ready.size() == 1 ? 0 : random.nextInt(ready.size())));
            return true;
        }
        return head != null && head.nanos <= limitNanos && fire(events.remove());
    }

    private boolean fire(Event event) {
        if (event.nanos > nowNanos()) {
            ticker.advanceTo(event.nanos);
            stepsInInstant = 0;
        }
        countStep();
        event.action.run();
        return true;
    }

    private void countStep() {
        if (++stepsInInstant > MAX_STEPS_PER_INSTANT) {
            stepsInInstant = 0;
            throw new IllegalStateException("steps at " + nowNanos() + " ns: more than " + MAX_STEPS_PER_INSTANT
                    + " (expected: time moves; does a task schedule itself again without delay?)");
        }
    }

    private void takeForeignWakeups() {
        for (SimulatedLoop loop = wokenByOtherThreads.poll(); loop != null; loop = wokenByOtherThreads.poll()) {
            makeReady(loop);
        }
    }

    private void run(SimulatedLoop loop) {
        current = loop;
        try {
            loop.turn();
        } finally {
            current = null;
        }
        arm(loop);
    }

    private void arm(SimulatedLoop loop) {
        long deadlineNanos = loop.nextDeadlineNanos();
        if (deadlineNanos == SimulatedLoop.NO_DEADLINE || !loop.arm(deadlineNanos)) {
            return;
        }
        at(deadlineNanos, () -> {
            if (loop.disarm(deadlineNanos)) {
                makeReady(loop);
            }
        });
    }
}
