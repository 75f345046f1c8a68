package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.route.RoutePlanException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What became of a plan that a router was told. */
public sealed interface PushOutcome {

    /** The router has it, and its file says so too. */
    record Applied() implements PushOutcome {}

    /**
     * The router does not take it; it has what it had before.
     *
     * @param complaints what it says, 20 lines at most
     */
    record Refused(List<String> complaints) implements PushOutcome {

        /** Copies the list. */
        public Refused {
            complaints = List.copyOf(complaints);
        }
    }

    /**
     * The router had taken it, but it did not work out; it has what it had before.
     *
     * @param reason why, for people
     */
    record RolledBack(String reason) implements PushOutcome {}

    /**
     * The router does not answer, or went away meanwhile: what it has is not known until it is looked at.
     *
     * @param reason why, for people
     */
    record Unreachable(String reason) implements PushOutcome {}

    /**
     * Returns what a push counts as that threw or failed: a plan that violates a rule is refused, as it would be again; of all else it is not
     * known what the router has.
     *
     * @param failure why there is no outcome
     */
    static PushOutcome failed(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause instanceof CompletionException) {
            cause = cause.getCause();
        }
        return cause instanceof RoutePlanException violation
                ? new Refused(List.of(String.valueOf(violation.getMessage())))
                : new Unreachable(failure.toString());
    }
}
