package io.foreshard.addrsharding.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What events do to a count: as declared at first, and more and more as events of their kind did. The declared effect weighs like
 * {@value #DECLARED_WEIGHT} steps that were measured. Measured is by what the count differed from what had been expected without the event, as a factor after
 * the added VMs are taken off. Confined to one thread; keeps a bounded number of events.
 */
final class EventEffects {

    static final int MAX_EVENTS = 1000;
    private static final double DECLARED_WEIGHT = 12;
    private static final double MOST_FACTOR = 1000;

    private final List<ExternalEvent> events = new ArrayList<>();
    private final Map<String, Measured> byKind = new HashMap<>();

    /** By how much counts differed, as logarithms, from what was declared. */
    private static final class Measured {
        double steps;
        double logs;

        double correction() {
            return Math.exp(logs / (steps + DECLARED_WEIGHT));
        }
    }

    /** Adds an event, past or to come; the one that ended first is forgotten where there are too many. */
    void add(ExternalEvent event) {
        events.add(event);
        if (events.size() > MAX_EVENTS) {
            events.remove(events.stream()
                    .min(Comparator.comparingLong(ExternalEvent::endMillis))
                    .orElseThrow());
        }
    }

    /** Returns the count with the events of a time, from what it would be without. */
    double with(double plain, long millis) {
        double count = plain;
        for (ExternalEvent event : events) {
            if (event.isAt(millis)) {
                count = Math.max(0, count * factor(event) + event.addedVms());
            }
        }
        return count;
    }

    /** Returns what a count would be without the events of its time: the inverse of {@link #with}, but that nothing is below 0. */
    double without(double counted, long millis) {
        double plain = counted;
        for (int i = events.size() - 1; i >= 0; i--) {
            ExternalEvent event = events.get(i);
            if (event.isAt(millis)) {
                plain = Math.max(0, (plain - event.addedVms()) / factor(event));
            }
        }
        return plain;
    }

    /** Learns from a count, where exactly one event was under way: of several it is not known which did it. */
    void learn(double counted, double expectedPlain, long millis) {
        List<ExternalEvent> active =
                events.stream().filter(event -> event.isAt(millis)).toList();
        if (active.size() != 1 || !(expectedPlain > 0) || !(counted >= 0)) {
            return;
        }
        ExternalEvent event = active.get(0);
        double measured = Math.max(1 / MOST_FACTOR, (counted - event.addedVms()) / expectedPlain);
        Measured kind = byKind.computeIfAbsent(event.kind(), x -> new Measured());
        kind.steps++;
        kind.logs += Math.log(Math.min(MOST_FACTOR, measured) / event.factor());
    }

    private double factor(ExternalEvent event) {
        Measured kind = byKind.get(event.kind());
        double factor = event.factor() * (kind == null ? 1 : kind.correction());
        return Math.max(1 / MOST_FACTOR, Math.min(MOST_FACTOR, factor));
    }

    /** Returns the kinds of what is under way. */
    String kindsAt(long millis) {
        return events.stream()
                .filter(event -> event.isAt(millis))
                .map(ExternalEvent::kind)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Returns whether any event is under way. */
    boolean isAny(long millis) {
        return events.stream().anyMatch(event -> event.isAt(millis));
    }
}
