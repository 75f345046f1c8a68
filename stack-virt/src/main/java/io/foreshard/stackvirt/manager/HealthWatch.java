package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.spi.HealthCheck;

/** When to ask a stack whether it is well, and when to give up. One question is open at a time. Confined to one thread. */
final class HealthWatch {

    private final long intervalNanos;
    private final long timeoutNanos;
    private final int mostFailures;
    private long askedNanos;
    private long question;
    private boolean isOpen;
    private int failures;

    /** What to do next. */
    enum Next {
        /** Nothing yet. */
        WAIT,
        /** Ask. */
        ASK,
        /** Replace the stack. */
        UNWELL
    }

    HealthWatch(HealthCheck check) {
        intervalNanos = check.interval().toNanos();
        timeoutNanos = check.timeout().toNanos();
        mostFailures = check.failures();
    }

    /** Begins anew: an answer that did not come while the stack stood still means nothing. */
    void begin(long nowNanos) {
        askedNanos = nowNanos;
        isOpen = false;
        failures = 0;
    }

    Next look(long nowNanos) {
        long waited = nowNanos - askedNanos;
        if (isOpen && waited >= timeoutNanos) {
            unanswered();
        }
        if (failures >= mostFailures) {
            return Next.UNWELL;
        }
        return !isOpen && waited >= (failures > 0 ? 0 : intervalNanos) ? Next.ASK : Next.WAIT;
    }

    /** Returns the name of the question that is asked now: below 0, as those above are of messages. */
    long asked(long nowNanos) {
        askedNanos = nowNanos;
        isOpen = true;
        return --question;
    }

    void unanswered() {
        isOpen = false;
        failures++;
    }

    /** Returns whether this was the question that is open; answers to older ones, or to none, are not believed. */
    boolean answered(long toQuestion) {
        if (!isOpen || toQuestion != question) {
            return false;
        }
        isOpen = false;
        failures = 0;
        return true;
    }
}
