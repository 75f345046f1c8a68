package io.foreshard.stackvirt.mux;

/**
 * How the messages of a kind do, as of one reading. {@code messages} is the sum of {@code replies}, {@code timedOut}, {@code refused},
 * {@code waiting} and {@code sent}.
 *
 * @param messages how many came
 * @param replies how many were answered
 * @param timedOut for how many the deadline came first
 * @param refused how many were refused
 * @param cold how many came while no stack was running
 * @param exposed how many waited for a stack to start: there was none, frozen ones included, or they had all they may have
 * @param waiting how many wait for a stack
 * @param waitingBytes memory of those
 * @param sent how many are with a stack and awaited
 */
public record KindStatistics(
        long messages,
        long replies,
        long timedOut,
        long refused,
        long cold,
        long exposed,
        int waiting,
        long waitingBytes,
        int sent) {}
