package io.foreshard.coreapi;

/**
 * Why an engine dropped, failed or fell back. Implemented by the enums of the engines, so that a counter can be kept for each
 * reason and an operator can look up what to do.
 */
public interface Reason {

    /** Returns the constant's name, unique within its enum. */
    String name();

    /** Returns the position of the constant within its enum. */
    int ordinal();

    /** Returns in one sentence what an operator does when this counter grows. */
    String operatorAction();
}
