package io.foreshard.flowshaper.scheduling;

/** What became of a packet that was offered to a {@link Lane}. */
public enum Admission {
    /** It does not wait: the caller still owns it and forwards it now. */
    PASS,
    /** It waits; the scheduler owns it. */
    QUEUED,
    /** There is no room for it: the caller still owns it and drops it. Counted already. */
    REFUSED
}
