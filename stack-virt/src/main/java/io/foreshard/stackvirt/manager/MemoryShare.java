package io.foreshard.stackvirt.manager;

/**
 * What one stack has of the memory of its manager. While its limit is being changed, the more of both counts; after a change that failed too,
 * as an engine may have got half way. Confined to the thread of the limits.
 */
final class MemoryShare {

    private final Limits limits;
    private long held;
    private long counted;
    private int changing;
    private boolean isReleased;

    /** A share that the limits have counted already. */
    MemoryShare(Limits limits, long bytes) {
        this.limits = limits;
        held = bytes;
        counted = bytes;
    }

    long counted() {
        return counted;
    }

    void begin(long bytes) {
        changing++;
        count(Math.max(counted, bytes));
    }

    void end(long bytes, boolean done) {
        changing--;
        held = done ? bytes : Math.max(held, bytes);
        if (changing == 0) {
            count(held);
        }
    }

    /** Nothing is left of the stack. */
    void release() {
        if (!isReleased) {
            isReleased = true;
            limits.release(counted);
        }
    }

    private void count(long bytes) {
        if (!isReleased) {
            limits.change(counted, bytes);
            counted = bytes;
        }
    }
}
