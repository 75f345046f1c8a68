package io.foreshard.addrsharding.engine;

import io.foreshard.coreapi.Reason;

/** Why no address was handed out, or none taken back. */
public enum HandOutReason implements Reason {
    /** The subdivision was not configured. */
    UNKNOWN_SUBDIVISION("Configure the subdivision, or look who asks."),
    /** The handle cannot be recorded: it is longer than 255 bytes of UTF-8, or no text. */
    BAD_HANDLE("Name machines by shorter handles."),
    /** As many wait for an address of the subdivision as may. */
    BACKLOG_FULL("Look why refills take so long; otherwise allow more to wait."),
    /** None was warm in time. */
    TIMED_OUT("Look at the subdivision's last plan and refusal: space, a limit, or refills that take too long."),
    /** The store cannot record anything. */
    STORE_AWAY("Look at the store's failure: a full disk, a lost lease."),
    /** The engine is closed. */
    CLOSED("None: the engine was closed."),
    /** No address has the handle, or a later one has: it was released before. */
    NOT_HELD("None, if releases are repeated; otherwise look who releases what is not theirs.");

    private final String operatorAction;

    HandOutReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
