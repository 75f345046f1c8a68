package io.foreshard.stackvirt.manager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all stacks of a manager may use together; a stack counts until nothing is left of it. Confined to one thread. */
final class Limits {

    private static final long PAGE = 4096;

    private final int mostStacks;
    private final long mostMemoryBytes;
    private int stacks;
    private long memoryBytes;

    Limits(int mostStacks, long mostMemoryBytes) {
        this.mostStacks = mostStacks;
        this.mostMemoryBytes = mostMemoryBytes;
    }

    /** Counts one more stack of so much memory, or returns why not. */
    @Nullable
    ManagerReason admit(long bytes) {
        if (stacks >= mostStacks) {
            return ManagerReason.STACK_LIMIT;
        }
        if (bytes > free()) {
            return ManagerReason.MEMORY_LIMIT;
        }
        count(bytes);
        return null;
    }

    /** Counts one that is there already, whatever the limits say. */
    void count(long bytes) {
        stacks++;
        memoryBytes += bytes;
    }

    void change(long before, long after) {
        memoryBytes += after - before;
    }

    void release(long bytes) {
        stacks--;
        memoryBytes -= bytes;
    }

    /** Returns how much memory is left; negative if stacks that were taken over have more than they may. */
    long free() {
        return mostMemoryBytes - memoryBytes;
    }

    /**
     * Returns the most that all of some stacks may be raised to.
     *
     * @param from what none of them has less than
     * @param wanted what they are to have if there is enough
     * @param counted what each of them has
     */
    long affordable(long from, long wanted, List<Long> counted) {
        long low = Math.min(from, wanted);
        if (cost(wanted, counted) <= free()) {
            return wanted;
        }
        long least = low;
        long most = wanted;
        while (least < most) {
            long middle = least + (most - least + 1) / 2;
            if (cost(middle, counted) <= free()) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return low + (least - low) / PAGE * PAGE;
    }

    private static double cost(long each, List<Long> counted) {
        // As a floating-point number, since what is wanted may be more than fits.
        return counted.stream().mapToDouble(has -> Math.max(0, each - has)).sum();
    }
}
