package io.foreshard.addrsharding.engine;

import io.foreshard.coreapi.Reason;

/** What the engine of address sharding saw go wrong around it, and what it set right. */
public enum EngineReason implements Reason {
    /** A push to routers was not answered in time, and counts as not applied; the next one goes out. */
    PUSH_TIMED_OUT("Look whether routers and what drives them still work; allow more time if they are only slow."),
    /** Addresses were not made ready in time: they are cold again, and ordered again. */
    WARMING_TIMED_OUT("Look whether the warmer still works; allow more time if it is only slow."),
    /** A draining shard was not seen withdrawn in time. It stays draining, and is looked at again. */
    WITHDRAWAL_UNCONFIRMED(
            "Look who still announces or has the range, or why that cannot be seen: a session that is down."),
    /** The machines that there are could not be asked for; nothing is reclaimed. */
    INVENTORY_AWAY("Look why the inventory of machines does not answer."),
    /** The machines that there were were told too late, or of a time to come; nothing is reclaimed. */
    INVENTORY_STALE("Look whether the inventory is brought up to date, and compare the clocks."),
    /** The address of a machine that is gone was taken back. */
    ADDRESS_RECLAIMED("Look why machines end without giving their addresses back."),
    /** A subdivision with shards is not configured any more: they are given back. */
    SUBDIVISION_RETIRED("None, if it was meant; otherwise configure it again and restart within the grace."),
    /** Routes were withdrawn while machines of a retired subdivision still had addresses; these stay theirs. */
    WITHDRAWN_IN_USE("Release the addresses of the machines that are left, or configure the subdivision again.");

    private final String operatorAction;

    EngineReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
