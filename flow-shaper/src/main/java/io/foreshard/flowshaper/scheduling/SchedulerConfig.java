package io.foreshard.flowshaper.scheduling;

import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.List;

/**
 * The bounds of one loop's scheduler.
 *
 * @param classes what lanes refer to by index, 1…127 of them
 * @param maxFlows flows remembered, those with packets queued included, 1…16 Mi
 * @param idleTimeout after which a flow without packets is forgotten, 1 s…15 min
 * @param queueBytes memory that all queued packets may hold, at least 64 KiB
 * @param flowQueueBytes memory that the packets of one flow may hold, at least 4 KiB. A flow gets no more than is free for all, so a
 *     few that flood always leave room for others (Choudhury and Hahne, "Dynamic queue length thresholds", 1998)
 * @param catchUp how much lateness of the timer a bottleneck makes up for, 0…100 ms: longer keeps the rate exact through pauses,
 *     shorter keeps bursts small
 */
public record SchedulerConfig(
        List<FlowClass> classes,
        int maxFlows,
        Duration idleTimeout,
        long queueBytes,
        int flowQueueBytes,
        Duration catchUp) {

    /** One class, 262 144 flows, forgotten after 30 s, 64 MiB in all, 4 MiB for one, 5 ms to catch up with. */
    public static final SchedulerConfig DEFAULT = new SchedulerConfig(
            List.of(FlowClass.DEFAULT), 1 << 18, Duration.ofSeconds(30), 64L << 20, 4 << 20, Duration.ofMillis(5));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException as {@code name: value (expected: …)} if a value is out of its range
     */
    public SchedulerConfig {
        classes = List.copyOf(classes);
        Checks.inRange("classes", classes.size(), 1, Byte.MAX_VALUE);
        Checks.inRange("maxFlows", maxFlows, 1, 1 << 24);
        Checks.duration("idleTimeout", idleTimeout, Duration.ofSeconds(1), Duration.ofMinutes(15));
        Checks.inRange("queueBytes", queueBytes, 64 << 10, Long.MAX_VALUE);
        Checks.inRange("flowQueueBytes", flowQueueBytes, 4 << 10, Integer.MAX_VALUE);
        Checks.duration("catchUp", catchUp, Duration.ZERO, Duration.ofMillis(100));
    }
}
