package io.foreshard.telemetry.probe;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The one place of this package that reaches for a clock and for randomness, where none was handed in. */
final class SystemSurroundings {

    private SystemSurroundings() {}

    /** Returns the clock of an event loop, so that a simulated loop brings its own. */
    static Ticker ticker(EventExecutor loop) {
        return loop instanceof AbstractScheduledEventExecutor timed ? timed.ticker() : Ticker.systemTicker();
    }

    static InstantSource clock() {
        return InstantSource.system();
    }

    /** Returns what a stranger cannot guess, for ports, sequence numbers and identifiers. */
    static RandomGenerator random() {
        return new SecureRandom();
    }
}
