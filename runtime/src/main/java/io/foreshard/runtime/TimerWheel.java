package io.foreshard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Timers in a hierarchical hashed wheel: scheduling and cancelling cost O(1) and allocate nothing.
 *
 * <p>A deadline is rounded up to a tick, so a timer never fires early, and late by less than one tick relative to the time
 * handed to {@link #advance}. Single-threaded: belongs to one event loop. Times are plain signed numbers that must not go back.
 * {@link Long#MAX_VALUE} is a deadline that never comes, and so is every one 2^63 ns or more after the start.
 *
 * @see <a href="https://doi.org/10.1145/37499.37504">Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987</a>
 */
public final class TimerWheel {

    /*
     * A tick number is read as eleven digits of six bits. A timer lies on the level of the highest digit in which its tick
     * differs from the wheel's own tick, in the slot that this digit names. All ticks of a level therefore come after all
     * ticks of the levels below, and within a level in the order of the slots: the next slot due is the lowest bit of the
     * lowest bitmap that is not empty, however long the gap before it. When the wheel reaches a slot above level 0, its
     * timers move to lower levels, at most ten times in the life of a timer, and in order, so timers of one tick fire in
     * the order in which they were scheduled.
     *
     * Two more lists use the same links: timers scheduled too late, which wait for the next advance, and those being fired.
     */
    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int LEVELS = 11;
    private static final int OVERDUE = LEVELS * SLOTS;
    private static final int FIRING = OVERDUE + 1;

    private final long startNanos;
    private final long tickNanos;
    private final @Nullable Timer[] heads = new Timer[FIRING + 1];
    private final long[] bitmaps = new long[LEVELS + 1];
    private long currentTick;
    private long latestNanos;
    private boolean advancing;
    private int size;

    /** A timer, linked into the wheel itself. On one wheel at a time; may be scheduled again after it has fired. */
    public abstract static class Timer {

        private Timer previous = this;
        private Timer next = this;
        private @Nullable TimerWheel wheel;
        private int list;
        private long tick;
        private long deadlineNanos;

        /** Makes a timer that is not scheduled. */
        protected Timer() {}

        /**
         * Is called on the wheel's thread when the deadline has come; the timer is no longer scheduled then. May schedule and
         * cancel any timer, this one too. An exception does not stop other timers.
         *
         * @param nowNanos the time that was handed to {@link TimerWheel#advance}
         */
        protected abstract void onExpired(long nowNanos);

        /** {@return whether the timer waits on a wheel} */
        public final boolean isScheduled() {
            return wheel != null;
        }

        /** {@return the deadline given last, 0 if there was none} */
        public final long deadlineNanos() {
            return deadlineNanos;
        }
    }

    /**
     * Makes an empty wheel.
     *
     * @param startNanos the time now
     * @param tickNanos resolution of the wheel in nanoseconds, above 0
     * @throws IllegalArgumentException if the tick is not above 0
     */
    public TimerWheel(long startNanos, long tickNanos) {
        this.startNanos = startNanos;
        this.tickNanos = Checks.positive("tickNanos", tickNanos);
        this.latestNanos = startNanos;
    }

    /**
     * Schedules a timer, anew if it is scheduled already. A deadline that has passed fires at the next {@link #advance}, also
     * when a timer asks for it while firing: one advance fires no timer twice.
     *
     * @param timer the timer
     * @param deadlineNanos when to fire
     * @throws IllegalStateException if the timer waits on another wheel
     */
    public void schedule(Timer timer, long deadlineNanos) {
        cancel(timer);
        timer.deadlineNanos = deadlineNanos;
        timer.tick = ticksUp(elapsedNanos(deadlineNanos));
        timer.wheel = this;
        append(timer.tick <= currentTick ? OVERDUE : slotOf(timer.tick), timer);
        size++;
    }

    /**
     * Cancels a timer; does nothing if it is not scheduled.
     *
     * @param timer the timer
     * @throws IllegalStateException if the timer waits on another wheel
     */
    public void cancel(Timer timer) {
        if (timer.wheel == null) {
            return;
        }
        if (timer.wheel != this) {
            throw new IllegalStateException("timer: scheduled on another wheel (expected: this wheel or none)");
        }
        unlink(timer);
        timer.wheel = null;
        size--;
    }

    /**
     * Moves to a time and fires every timer that is due, in the order of their ticks; timers that were scheduled too late come
     * first. Costs O(timers fired or moved), whatever time has passed.
     *
     * @param nowNanos the time; one before the latest counts as the latest
     * @return how many timers fired
     * @throws IllegalStateException if called by a timer that fires
     * @throws RuntimeException the first exception of a timer, after all have fired, the others attached as suppressed; an
     *     {@link Error} likewise
     */
    public int advance(long nowNanos) {
        if (advancing) {
            throw new IllegalStateException("advance: called by a timer (expected: called by the owner of the wheel)");
        }
        advancing = true;
        try {
            latestNanos = Math.max(latestNanos, nowNanos);
            drain(OVERDUE, FIRING);
            // Deadlines beyond the range are kept at its very end, so time must stop short of it.
            collectUntil(Math.min(elapsedNanos(latestNanos), Long.MAX_VALUE - 1) / tickNanos);
            return fire();
        } finally {
            advancing = false;
        }
    }

    /**
     * {@return a time that is not after the soonest expiry, {@link Long#MAX_VALUE} when empty} Exact to the tick if the expiry
     * is near; a lower bound, refined by each advance, if it is far. Costs O(1).
     */
    public long nextDeadlineNanos() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        return bitmaps[LEVELS] != 0 ? timeOf(currentTick) : timeOf(firstTickOf(lowestLevel()));
    }

    /** {@return the number of timers scheduled} */
    public int size() {
        return size;
    }

    private void collectUntil(long targetTick) {
        for (int level = lowestLevel(); level < LEVELS; level = lowestLevel()) {
            long tick = firstTickOf(level);
            if (tick > targetTick) {
                break;
            }
            currentTick = tick;
            cascade(level * SLOTS + Long.numberOfTrailingZeros(bitmaps[level]));
        }
        // No timer changes its slot here: the digits in which they differ from the tick stay the same.
        currentTick = targetTick;
    }

    private void cascade(int slot) {
        for (Timer timer = heads[slot]; timer != null; timer = heads[slot]) {
            unlink(timer);
            append(timer.tick == currentTick ? FIRING : slotOf(timer.tick), timer);
        }
    }

    private int fire() {
        int fired = 0;
        Throwable failure = null;
        for (Timer timer = heads[FIRING]; timer != null; timer = heads[FIRING]) {
            cancel(timer);
            fired++;
            try {
                timer.onExpired(latestNanos);
            } catch (RuntimeException | Error thrown) {
                failure = joined(failure, thrown);
            }
        }
        rethrow(failure);
        return fired;
    }

    private static Throwable joined(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private void drain(int from, int to) {
        for (Timer timer = heads[from]; timer != null; timer = heads[from]) {
            unlink(timer);
            append(to, timer);
        }
    }

    private void append(int list, Timer timer) {
        Timer head = heads[list];
        if (head == null) {
            heads[list] = timer;
            bitmaps[list / SLOTS] |= 1L << list;
        } else {
            timer.previous = head.previous;
            timer.next = head;
            head.previous.next = timer;
            head.previous = timer;
        }
        timer.list = list;
    }

    private void unlink(Timer timer) {
        int list = timer.list;
        if (timer.next == timer) {
            heads[list] = null;
            bitmaps[list / SLOTS] &= ~(1L << list);
        } else if (heads[list] == timer) {
            heads[list] = timer.next;
        }
        timer.previous.next = timer.next;
        timer.next.previous = timer.previous;
        timer.previous = timer;
        timer.next = timer;
    }

    private int slotOf(long tick) {
        int highestBit = Long.SIZE - 1 - Long.numberOfLeadingZeros(tick ^ currentTick);
        int level = highestBit / DIGIT_BITS;
        return level * SLOTS + (int) ((tick >>> (level * DIGIT_BITS)) & (SLOTS - 1));
    }

    private int lowestLevel() {
        int level = 0;
        while (level < LEVELS && bitmaps[level] == 0) {
            level++;
        }
        return level;
    }

    /** Returns the first tick of the first used slot of a level. */
    private long firstTickOf(int level) {
        int shift = level * DIGIT_BITS;
        long higherDigits = level == LEVELS - 1 ? 0 : currentTick & (-1L << (shift + DIGIT_BITS));
        return higherDigits | ((long) Long.numberOfTrailingZeros(bitmaps[level]) << shift);
    }

    private long ticksUp(long elapsedNanos) {
        return elapsedNanos / tickNanos + (elapsedNanos % tickNanos == 0 ? 0 : 1);
    }

    /** Returns the time since the start, saturated to 0…{@link Long#MAX_VALUE}. */
    private long elapsedNanos(long timeNanos) {
        if (timeNanos <= startNanos) {
            return 0;
        }
        long elapsed = timeNanos - startNanos;
        return elapsed < 0 ? Long.MAX_VALUE : elapsed;
    }

    private long timeOf(long tick) {
        if (tick > Long.MAX_VALUE / tickNanos) {
            return Long.MAX_VALUE;
        }
        long time = startNanos + tick * tickNanos;
        return time < startNanos ? Long.MAX_VALUE : time;
    }
}
