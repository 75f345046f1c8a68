package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.spi.StackSpec;
import org.jspecify.annotations.Nullable;

/** What all stacks of a manager may use together; a stack counts until nothing is left of it. Confined to one thread. */
final class Limits {

    private final int mostStacks;
    private final long mostMemoryBytes;
    private int stacks;
    private long memoryBytes;

    Limits(int mostStacks, long mostMemoryBytes) {
        this.mostStacks = mostStacks;
        this.mostMemoryBytes = mostMemoryBytes;
    }

    /** Counts one more stack, or returns why not. */
    @Nullable
    ManagerReason admit(StackSpec spec) {
        if (stacks >= mostStacks) {
            return ManagerReason.STACK_LIMIT;
        }
        if (spec.resources().memoryBytes() > mostMemoryBytes - memoryBytes) {
            return ManagerReason.MEMORY_LIMIT;
        }
        count(spec);
        return null;
    }

    /** Counts one that is there already, whatever the limits say. */
    void count(StackSpec spec) {
        stacks++;
        memoryBytes += spec.resources().memoryBytes();
    }

    void release(StackSpec spec) {
        stacks--;
        memoryBytes -= spec.resources().memoryBytes();
    }
}
