package io.foreshard.addrsharding.demand;

import io.foreshard.runtime.Checks;

/**
 * Something outside that changes how many VMs a subdivision runs, known beforehand: a campaign, a planned backup.
 *
 * @param kind what it is; events of one kind are taken to have the same effect, as far as they had
 * @param beginMillis when it begins, in milliseconds since 1970
 * @param endMillis when it ends, after the begin
 * @param factor by what it is declared to multiply the count of VMs, above 0; 1 for none
 * @param addedVms how many VMs it is declared to add to that; may be negative
 */
public record ExternalEvent(String kind, long beginMillis, long endMillis, double factor, double addedVms) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ExternalEvent {
        Checks.require(endMillis > beginMillis, "endMillis", endMillis, "after " + beginMillis);
        Checks.inRange("factor", factor, 1e-3, 1e3);
        Checks.inRange("addedVms", addedVms, -1e9, 1e9);
    }

    /**
     * Returns whether it is under way.
     *
     * @param millis a time, in milliseconds since 1970
     */
    public boolean isAt(long millis) {
        return beginMillis <= millis && millis < endMillis;
    }
}
