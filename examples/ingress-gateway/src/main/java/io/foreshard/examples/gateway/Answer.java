package io.foreshard.examples.gateway;

/**
 * What became of a small request.
 *
 * @param dueSeconds when it was to be sent, since the start of the run
 * @param seconds from then until the answer was there or given up
 * @param outcome how it went
 */
record Answer(double dueSeconds, double seconds, Outcome outcome) {

    /** How a request went. */
    enum Outcome {
        /** The answer is what the server has, byte by byte. */
        WHOLE,
        /** There was an answer, and it is not. */
        DAMAGED,
        /** There was none. */
        NONE
    }

    boolean isWhole() {
        return outcome == Outcome.WHOLE;
    }

    boolean isInTime() {
        return isWhole() && seconds <= Scenario.DEADLINE_SECONDS;
    }
}
