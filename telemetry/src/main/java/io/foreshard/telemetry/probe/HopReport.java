package io.foreshard.telemetry.probe;

import java.util.List;

/**
 * The latency of a path, hop by hop.
 *
 * @param hops the stations in order, the destination last if it was reached; unmodifiable
 * @param reached whether the destination answered
 * @param takenNanos when the last of them answered, on the clock of the event loops, in nanoseconds
 */
public record HopReport(List<Hop> hops, boolean reached, long takenNanos) {

    /** Copies the list. */
    public HopReport {
        hops = List.copyOf(hops);
    }
}
