package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a router is from its plan, by what it says it sends.
 *
 * @param drifts by neighbour in order of name, then by prefix
 */
public record DriftReport(List<Drift> drifts) {

    /** Copies the list. */
    public DriftReport {
        drifts = List.copyOf(drifts);
    }

    /**
     * Compares.
     *
     * @param plan what should be
     * @param sessions what is; a neighbour of the plan that is not among them has no session
     */
    public static DriftReport between(RoutePlan plan, List<SessionState> sessions) {
        Map<String, SessionState> byName = sessions.stream()
                .collect(Collectors.toMap(SessionState::neighbour, Function.identity(), (first, second) -> first));
        List<Drift> drifts = new ArrayList<>();
        for (Neighbour neighbour : plan.neighbours()) {
            String name = neighbour.name();
            SessionState session = byName.getOrDefault(name, SessionState.down(name, "not there"));
            if (session.isEstablished()) {
                compare(plan, neighbour, session, drifts);
            } else {
                drifts.add(new Drift.SessionDown(name, session.detail()));
            }
        }
        return new DriftReport(drifts);
    }

    /** Returns whether the router is as planned. */
    public boolean isClean() {
        return drifts.isEmpty();
    }

    private static void compare(RoutePlan plan, Neighbour neighbour, SessionState session, List<Drift> drifts) {
        Map<Prefix, SentRoute> sent = new HashMap<>();
        session.sent().forEach(route -> sent.put(route.prefix(), route));
        for (Announcement planned : plan.announcements()) {
            if (neighbour.families().contains(planned.prefix().family())) {
                SentRoute found = sent.remove(planned.prefix());
                if (found == null) {
                    drifts.add(new Drift.Missing(neighbour.name(), planned.prefix()));
                } else {
                    compare(neighbour.name(), planned, found, drifts);
                }
            }
        }
        sent.keySet().stream().sorted().forEach(prefix -> drifts.add(new Drift.Unplanned(neighbour.name(), prefix)));
    }

    private static void compare(String neighbour, Announcement planned, SentRoute found, List<Drift> drifts) {
        RouteAttributes attributes = planned.attributes();
        // Without one, some routers say 0: both mean the same to who receives it (RFC 4271, 9.1.2.2).
        long plannedMed = attributes.med().orElse(0);
        long foundMed = found.med().orElse(0);
        if (plannedMed != foundMed) {
            drifts.add(new Drift.Changed(neighbour, planned.prefix(), "med", "" + plannedMed, "" + foundMed));
        }
        found.marks().ifPresent(marks -> {
            TreeSet<String> expected = Stream.concat(
                            attributes.communities().stream(), attributes.largeCommunities().stream())
                    .map(Object::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!expected.equals(marks)) {
                String is = Printable.of(new TreeSet<>(marks).toString());
                drifts.add(new Drift.Changed(neighbour, planned.prefix(), "communities", expected.toString(), is));
            }
        });
    }
}
