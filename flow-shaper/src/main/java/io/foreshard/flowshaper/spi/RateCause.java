package io.foreshard.flowshaper.spi;

/** Why the rate of a bottleneck is what it is. */
public enum RateCause {
    /** Nothing asks for a limit. */
    NOT_NEEDED,
    /** The path's queue is held at its target. */
    PATH_QUEUE,
    /** The queue does not follow what is sent: others fill it, and holding back would be in vain. No limit for a while. */
    FOREIGN_QUEUE,
    /** Telemetry is silent: the rate goes to the base rate. */
    NO_SIGHT,
    /** The server at the end of the path is overloaded. */
    SERVER_LOAD,
    /** A forecast that is trusted expects less capacity. */
    FORECAST,
    /** A calculator that does not say why. */
    CALCULATOR,
    /** The trial has packets pass, to compare or because shaping gains nothing. No limit. */
    TRIAL,
    /** The calculator failed, or was slow so often that it is left out. No limit. */
    FAILED_CALCULATOR
}
