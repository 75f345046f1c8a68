package io.foreshard.jmh.run;

/** A contestant could not run or did not finish. */
public final class ContestantException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    /** Makes one with a reason in a few words. */
    public ContestantException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Returns why, in a few words. */
    public String reason() {
        return reason;
    }
}
