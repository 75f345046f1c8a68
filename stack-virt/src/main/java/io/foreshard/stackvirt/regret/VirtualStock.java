package io.foreshard.stackvirt.regret;

import java.util.Arrays;

/**
 * The stacks that there would be if a policy had its way: follows plans with the start times that were measured, and counts the messages that would have
 * waited and the memory-time that would have been spent.
 */
public final class VirtualStock {

    private static final int MOST_STARTING = 1 << 12;

    private final int maxInFlight;
    private double megabytes;
    private long[] readyAt = new long[4];
    private int starting;
    private int running;
    private long nowMillis = Long.MIN_VALUE;
    private double megabyteSeconds;
    private long exposed;
    private long starts;

    /**
     * Makes one without stacks.
     *
     * @param maxInFlight how many messages one stack has at a time
     * @param megabytes that one takes
     */
    public VirtualStock(int maxInFlight, double megabytes) {
        this.maxInFlight = maxInFlight;
        this.megabytes = megabytes;
    }

    /**
     * Goes on to a time.
     *
     * @param atMillis the time
     */
    public void advance(long atMillis) {
        if (nowMillis == Long.MIN_VALUE) {
            nowMillis = atMillis;
        }
        if (atMillis <= nowMillis) {
            return;
        }
        megabyteSeconds += (running + starting) * megabytes * (atMillis - nowMillis) / 1000.0;
        nowMillis = atMillis;
        int left = 0;
        for (int i = 0; i < starting; i++) {
            if (readyAt[i] <= nowMillis) {
                running++;
            } else {
                readyAt[left++] = readyAt[i];
            }
        }
        starting = left;
    }

    /**
     * Counts a message.
     *
     * @param atMillis when
     * @param messages how many there are with it, in flight or waiting
     * @return whether it would have waited
     */
    public boolean arrived(long atMillis, int messages) {
        advance(atMillis);
        boolean waits = messages > (long) running * maxInFlight;
        exposed += waits ? 1 : 0;
        return waits;
    }

    /**
     * Follows a plan.
     *
     * @param atMillis when
     * @param stacks how many are to run or start; one of them that has messages stays
     * @param messages how many messages there are
     * @param startMillis how long a start takes
     */
    public void follow(long atMillis, int stacks, int messages, long startMillis) {
        advance(atMillis);
        int wanted = Math.min(stacks, MOST_STARTING);
        while (running + starting < wanted) {
            if (starting == readyAt.length) {
                readyAt = Arrays.copyOf(readyAt, 2 * starting);
            }
            readyAt[starting++] = nowMillis + startMillis;
            starts++;
        }
        while (starting > 0 && running + starting > wanted) {
            starting--;
        }
        int busy = (messages + maxInFlight - 1) / maxInFlight;
        running = Math.min(running, Math.max(wanted, busy));
    }

    /**
     * Takes what a stack was measured to take; holds from the time reached on.
     *
     * @param measured megabytes
     */
    public void megabytes(double measured) {
        megabytes = measured;
    }

    /** Returns how many starts there would have been. */
    public long starts() {
        return starts;
    }

    /** Returns how many take messages. */
    public int running() {
        return running;
    }

    /** Returns how many will soon. */
    public int starting() {
        return starting;
    }

    /** Returns how many messages would have waited. */
    public long exposed() {
        return exposed;
    }

    /** Returns the memory-time that would have been spent. */
    public double megabyteSeconds() {
        return megabyteSeconds;
    }
}
