package io.foreshard.jmh.run;

/** A contestant could not run or did not finish; the message says why in a few words. */
public final class ContestantException extends Exception {

    private static final long serialVersionUID = 1;

    ContestantException(String reason) {
        super(reason);
    }
}
