package io.foreshard.addrsharding.spi;

import io.foreshard.coreapi.Reason;

/** Why an {@link AddressShardAllocator} did not do what it was asked for. */
public enum RefusalReason implements Reason {
    /** There are not as many free addresses. */
    EXHAUSTED("Add a pool, or shorten the cooldown."),
    /** There are as many free addresses, but not in one block. */
    FRAGMENTED("Ask for smaller shards, or add a pool."),
    /** What is free is reserved for subdivisions of higher priority. */
    OUTRANKED("Add a pool, or raise the priority of the subdivision."),
    /** The subdivision has as many shards as it may. */
    CAPPED("Normal if the limit is meant; else raise the shards that the subdivision may have."),
    /** The subdivision holds as large a share of all addresses as it may, those that cool counted. */
    QUOTA("Normal if the quota is meant; else raise the share that the subdivision may hold."),
    /** There are as many subdivisions as may be. */
    TOO_MANY_SUBDIVISIONS("Raise the limit, if there are to be so many."),
    /** No pool has shards of this family and length. */
    NO_SUCH_SHARD("Ask for what pools are cut into, or add a pool."),
    /** No shard was ever assigned under this handle. */
    UNKNOWN_HANDLE("Look who made the handle up."),
    /** The shard is another subdivision's. */
    FOREIGN_HANDLE("Look why one subdivision acts on the shards of another."),
    /** The shard has changed since: read it, and decide anew. */
    STALE("Normal now and then; if it lasts, two act on the same shards."),
    /** A shard in this status does not go there: what is confirmed is drained, and withdrawn, before it is released. */
    WRONG_STATUS("Drain shards and wait until routers have withdrawn them before they are released.");

    private final String operatorAction;

    RefusalReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
