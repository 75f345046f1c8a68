package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.ShaperReason;
import java.io.IOException;

/** A write was dropped by the shaper. Has no stack trace: where it was made says nothing. */
public final class ShapedOutException extends IOException {

    private static final long serialVersionUID = 1;

    private final ShaperReason reason;

    ShapedOutException(ShaperReason reason) {
        super(reason + ": " + reason.operatorAction());
        this.reason = reason;
    }

    /** Returns why. */
    public ShaperReason reason() {
        return reason;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
