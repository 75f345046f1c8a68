package io.foreshard.telemetry.node;

import io.foreshard.telemetry.TelemetryReason;
import java.io.IOException;

/** Why an answer is of no use. */
final class AnswerException extends IOException {

    private static final long serialVersionUID = 1L;
    // More than any chain of futures wraps a failure, and it ends also where a chain bites its tail.
    private static final int DEEPEST_CAUSE = 8;

    private final TelemetryReason reason;

    AnswerException(TelemetryReason reason) {
        super(reason.name(), null);
        this.reason = reason;
    }

    /** Returns why a question failed: what the answer was, or that there was none. */
    static TelemetryReason reason(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < DEEPEST_CAUSE && cause != null; depth++) {
            if (cause instanceof AnswerException answer) {
                return answer.reason();
            }
            cause = cause.getCause();
        }
        return TelemetryReason.UNREACHABLE;
    }

    TelemetryReason reason() {
        return reason;
    }
}
