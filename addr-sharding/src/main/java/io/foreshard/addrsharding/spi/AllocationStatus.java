package io.foreshard.addrsharding.spi;

/** Where an allocation stands in its life: free, pending, confirmed, draining, cooling, and free again. */
public enum AllocationStatus {
    /** Nobody's. */
    FREE,
    /** Assigned, but not yet recorded durably: nobody uses it, and no router announces it. */
    PENDING,
    /** Recorded, in use, and to be announced. */
    CONFIRMED,
    /** To be given back: nothing new is handed out of it, and routers are to withdraw it. */
    DRAINING,
    /** Withdrawn and unused, but not to be handed out again yet: others may remember who had it. */
    COOLING
}
