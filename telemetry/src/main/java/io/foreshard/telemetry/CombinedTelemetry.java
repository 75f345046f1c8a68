package io.foreshard.telemetry;

import io.foreshard.coreapi.TelemetrySource;
import java.util.Map;

/**
 * Several sources as one. Each fact comes from the source that is most certain among those that know it, the first added where several
 * are. A sample is as old as its oldest fact and as certain as its least certain one; so that one doubtful fact does not discredit the
 * others, what is less than half as certain as the best is left unknown.
 *
 * <p>A source that throws is counted and left out of that answer. As thread-safe as its sources; stateless but for the counters.
 */
public interface CombinedTelemetry extends TelemetrySource {

    /** {@return a builder without sources} */
    static CombinedTelemetryBuilder builder() {
        return new CombinedTelemetryBuilder();
    }

    /** {@return how often each source threw, by its name, in the order in which they were added} */
    Map<String, Long> failures();
}
