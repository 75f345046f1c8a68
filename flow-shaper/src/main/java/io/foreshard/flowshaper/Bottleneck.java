package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.DelayCalculator;
import java.net.InetSocketAddress;

/** What packets are shaped for: a path, or the server at its end. Made by {@link FlowShaper#bottleneck}. Any thread. */
public interface Bottleneck {

    /** Returns the name that the application gave it. */
    String name();

    /** Returns where it is reached, which telemetry is asked for. */
    InetSocketAddress destination();

    /** Returns what the newest control step found and decided. */
    BottleneckReport report();

    /**
     * Replaces what decides on delays and the rate. Packets that are queued follow it from the next control step on.
     *
     * @param calculator used for this bottleneck alone
     */
    void calculator(DelayCalculator calculator);

    /**
     * Tells how a request went that passed here, from end to end. With this the trial compares what users see; without, it compares
     * the wait here plus the latency and loss that telemetry sees. And the law knows what an overloaded server gets done, where load alone says
     * no more than that it is busy.
     *
     * @param latencyNanos from arrival here to the answer, in nanoseconds, above 0
     * @param succeeded whether it was of use to its sender
     */
    void completed(long latencyNanos, boolean succeeded);
}
