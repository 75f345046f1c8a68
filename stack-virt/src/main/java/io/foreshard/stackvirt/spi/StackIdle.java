package io.foreshard.stackvirt.spi;

import java.util.Arrays;

/** Since when the first, second … stack of a kind has not been needed. Immutable. */
public final class StackIdle {

    /** What has never been needed, or is not known. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int MOST_SHOWN = 8;
    private static final StackIdle NONE = new StackIdle(new long[0]);

    private final long[] idleMillis;

    /**
     * Copies the argument.
     *
     * @param idleMillis for the first, second … stack, milliseconds before now; 0 if it is needed now
     */
    public StackIdle(long[] idleMillis) {
        this.idleMillis = idleMillis.clone();
    }

    /** Returns the idle times of a kind that was never used. */
    public static StackIdle none() {
        return NONE;
    }

    /**
     * Returns since when a stack has not been needed.
     *
     * @param stack from 1
     */
    public long millis(int stack) {
        return stack > idleMillis.length ? NEVER : Math.max(0, idleMillis[stack - 1]);
    }

    /** Returns how many stacks have ever been needed at a time, as far as is remembered. */
    public int stacks() {
        return idleMillis.length;
    }

    /**
     * Returns how many stacks were needed at a time within some time before now.
     *
     * @param withinMillis that time, exclusive
     */
    public int neededWithin(long withinMillis) {
        int stacks = idleMillis.length;
        while (stacks > 0 && millis(stacks) >= withinMillis) {
            stacks--;
        }
        return stacks;
    }

    @Override
    public String toString() {
        String shown = Arrays.toString(Arrays.copyOf(idleMillis, Math.min(MOST_SHOWN, idleMillis.length)));
        return idleMillis.length <= MOST_SHOWN
                ? shown
                : shown.replace("]", ", and " + (idleMillis.length - MOST_SHOWN) + " more]");
    }
}
