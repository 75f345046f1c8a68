package io.foreshard.stackvirt.spi;

/** An engine could not do what it was asked to. */
public final class StackException extends Exception {

    private static final long serialVersionUID = 1;

    private final StackFailure failure;

    /**
     * Makes an exception.
     *
     * @param failure why
     * @param message what an operator should know: the stack, what was tried, what the engine said
     */
    public StackException(StackFailure failure, String message) {
        super(failure + ": " + message);
        this.failure = failure;
    }

    /**
     * Makes an exception.
     *
     * @param failure why
     * @param message what an operator should know
     * @param cause what was thrown by the system
     */
    public StackException(StackFailure failure, String message, Throwable cause) {
        super(failure + ": " + message, cause);
        this.failure = failure;
    }

    /** Returns why. */
    public StackFailure failure() {
        return failure;
    }
}
