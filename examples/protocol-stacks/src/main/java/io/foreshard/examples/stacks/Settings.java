package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Capture;
import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.virtualizer.PastMessage;
import io.foreshard.stackvirt.virtualizer.StackBounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is replayed, and how the stacks are set up: in all three runs alike, but for who decides.
 *
 * @param timetable when what comes
 * @param speed how many times as fast as the clock on the wall that of the replay goes
 * @param workMicros how long a stack works on a message, by the clock on the wall
 */
record Settings(Timetable timetable, int speed, int workMicros) {

    static final int MAX_IN_FLIGHT = 8;
    static final StackBounds BOUNDS = new StackBounds(0, 3);

    /** For an answer, of the replay. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ENDPOINT = "/run/stack/stack.sock";
    private static final StackResources RESOURCES = new StackResources(1, 64L << 20, 64, 1 << 20);
    private static final HealthCheck HEALTH = new HealthCheck(Duration.ofSeconds(20), Duration.ofSeconds(200), 3);

    StackSpec spec(Protocol protocol, StackSource source) {
        return new StackSpec(
                protocol.kind(),
                source,
                ENDPOINT,
                RESOURCES,
                HEALTH,
                2 * MAX_IN_FLIGHT,
                Map.of("WORK_MICROS", Integer.toString(workMicros)));
    }

    static KindSettings messages(Protocol protocol) {
        return KindSettings.builder(protocol.kind(), protocol.port())
                .maxInFlight(MAX_IN_FLIGHT)
                .maxWait(PATIENCE)
                .build();
    }

    /** How long a stack works on a message, of the replay. */
    long workMillis() {
        return Math.max(1, (long) workMicros * speed / 1000);
    }

    /**
     * Returns what a virtualizer learns of a message of before.
     *
     * @param planned before the replay
     */
    PastMessage past(Planned planned) {
        long from = Timetable.BEGIN_MILLIS + planned.atMillis();
        return new PastMessage(
                planned.protocol().port(),
                planned.source(),
                planned.destination(),
                planned.message().limit(),
                from,
                from + workMillis());
    }

    /** What is replayed, in words. */
    String sources() {
        return count(Protocol.DNS) + " DNS queries of " + names(Protocol.DNS) + " and " + count(Protocol.BGP)
                + " BGP messages of " + names(Protocol.BGP);
    }

    private List<Capture> of(Protocol protocol) {
        return timetable.captures().stream()
                .filter(each -> each.protocol() == protocol)
                .toList();
    }

    private int count(Protocol protocol) {
        return of(protocol).stream().mapToInt(each -> each.messages().size()).sum();
    }

    private String names(Protocol protocol) {
        return of(protocol).stream().map(Capture::name).collect(Collectors.joining(", "));
    }
}
