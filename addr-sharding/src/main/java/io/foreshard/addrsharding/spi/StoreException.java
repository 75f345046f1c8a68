package io.foreshard.addrsharding.spi;

/** A store cannot be opened or read. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient StoreFailure failure;

    /**
     * Makes an exception.
     *
     * @param failure why
     */
    public StoreException(StoreFailure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    /**
     * Makes an exception.
     *
     * @param failure why
     * @param cause what was thrown by the system
     */
    public StoreException(StoreFailure failure, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    /** Returns why. */
    public StoreFailure failure() {
        return failure;
    }
}
