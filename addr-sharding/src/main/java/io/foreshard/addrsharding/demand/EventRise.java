package io.foreshard.addrsharding.demand;

/**
 * What events are about to add.
 *
 * @param vms how many VMs more than run now, at the most; 0 for none
 * @param kinds of the events, for people
 */
public record EventRise(double vms, String kinds) {

    /** No event. */
    public static final EventRise NONE = new EventRise(0, "");
}
