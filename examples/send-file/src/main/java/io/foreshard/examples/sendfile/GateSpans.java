package io.foreshard.examples.sendfile;

import io.foreshard.coreapi.GateReason;
import io.foreshard.examples.sendfile.Recording.Gated;
import java.util.ArrayList;
import java.util.List;

/** How long a gate was in each state, and in words why. Pure functions of what was recorded. */
final class GateSpans {

    /**
     * A stretch of time in one state.
     *
     * @param reason the state and why
     * @param from when it began, in seconds
     * @param to when it ended
     */
    record Span(GateReason reason, double from, double to) {}

    private GateSpans() {}

    /** Returns the stretches of a recording, in order, without a gap. */
    static List<Span> of(List<Gated> gates) {
        List<Span> spans = new ArrayList<>();
        for (Gated each : gates) {
            int last = spans.size() - 1;
            GateReason reason = each.report().reason();
            double from = last < 0 ? 0 : spans.get(last).from();
            if (last >= 0) {
                spans.set(last, new Span(spans.get(last).reason(), from, each.atSeconds()));
            }
            if (last < 0 || spans.get(last).reason() != reason) {
                spans.add(new Span(reason, last < 0 ? 0 : each.atSeconds(), each.atSeconds()));
            }
        }
        return spans;
    }

    /** Returns for how many seconds forecasts decided, the trial not counted. */
    static double openSeconds(List<Gated> gates) {
        return of(gates).stream()
                .filter(span -> span.reason().isOpen())
                .mapToDouble(span -> span.to() - span.from())
                .sum();
    }

    /** Returns what a state means, in a few words. */
    static String words(GateReason reason) {
        return switch (reason) {
            case LEARNING -> "shut: learning, too few forecasts scored";
            case HELD_SHUT -> "held shut";
            case NO_SKILL -> "shut: no skill";
            case ON_TRIAL -> "on trial";
            case PROVEN -> "open: proven";
            case REGRET -> "shut: regret";
        };
    }
}
