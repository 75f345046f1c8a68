package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;

/** An address that was handed out, to be given back by this. Immutable. */
public final class Lease implements HandOut {

    private final Prefix address;
    private final String handle;
    private final int sequence;
    private final int place;

    Lease(Prefix address, String handle, int sequence, int place) {
        this.address = address;
        this.handle = handle;
        this.sequence = sequence;
        this.place = place;
    }

    /** Returns the address, a prefix of full length. */
    public Prefix address() {
        return address;
    }

    /** Returns whom it was handed out to. */
    public String handle() {
        return handle;
    }

    /** Returns how often the address has been handed out or released, with this time. */
    public long sequence() {
        return sequence;
    }

    int place() {
        return place;
    }

    @Override
    public String toString() {
        return handle + " has " + address + " (" + sequence + ")";
    }
}
