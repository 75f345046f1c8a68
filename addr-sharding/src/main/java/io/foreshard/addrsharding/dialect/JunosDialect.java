package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.Community;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.LargeCommunity;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Junos, as {@code set} commands for {@code load set} and {@code commit confirmed}. Compared with files that were written by hand; it has
 * never run on a device.
 */
public final class JunosDialect implements RouterDialect {

    private static final String GROUP = "set groups FS ";
    private static final String POLICY = GROUP + "policy-options policy-statement ";

    /** Makes the dialect. */
    public JunosDialect() {}

    @Override
    public String name() {
        return "Junos";
    }

    @Override
    public RouterConfiguration render(RoutePlan plan) {
        Lines lines = new Lines();
        // All that is ours is in a group, so that nothing of the plan before stays, and nothing of others is touched.
        lines.add("delete groups FS");
        lines.add(GROUP, "routing-options router-id ", Lines.host(plan.routerId()));
        lines.add(GROUP, "routing-options autonomous-system " + plan.localAs());
        plan.announcements().forEach(each -> origin(each.prefix(), lines));
        Map<String, RouteAttributes> sets = AttributeNames.in(plan);
        sets.forEach((name, attributes) -> marks("FS-" + name, attributes, lines));
        sets.forEach((name, attributes) -> outbound(plan, name, attributes, lines));
        lines.add(POLICY, "FS-OUT term FS-REST then reject");
        for (Neighbour neighbour : plan.neighbours()) {
            inbound(neighbour, lines);
            session(plan.localAs(), neighbour, lines);
        }
        lines.add("set apply-groups FS");
        return new RouterConfiguration(lines.toString(), notes(plan));
    }

    private static List<String> notes(RoutePlan plan) {
        List<String> notes = new ArrayList<>();
        notes.add("discard routes: one for each announcement, as Junos exports only routes that it has");
        if (Notes.hasWeight(plan)) {
            notes.add("weight: left out, as Junos has none (expected: a local preference instead)");
        }
        return notes;
    }

    private static void origin(Prefix prefix, Lines lines) {
        String table = prefix.family() == AddressFamily.IPV4 ? "static" : "rib inet6.0 static";
        lines.add(GROUP, "routing-options ", table, " route ", prefix.toString(), " discard");
    }

    private static void marks(String name, RouteAttributes attributes, Lines lines) {
        String members = Stream.concat(
                        attributes.communities().stream().map(Community::toString),
                        attributes.largeCommunities().stream().map(each -> "large:" + each))
                .collect(Collectors.joining(" "));
        if (!members.isEmpty()) {
            lines.add(GROUP, "policy-options community ", name, " members [ ", members, " ]");
        }
    }

    private static void outbound(RoutePlan plan, String name, RouteAttributes attributes, Lines lines) {
        for (AddressFamily family : AddressFamily.values()) {
            List<Announcement> announcements = plan.announcements(family).stream()
                    .filter(each -> each.attributes().equals(attributes))
                    .toList();
            if (!announcements.isEmpty()) {
                String term = POLICY + "FS-OUT term FS-" + name + "-" + Lines.digit(family);
                lines.add(term, " from protocol static");
                announcements.forEach(each ->
                        lines.add(term, " from route-filter ", each.prefix().toString(), " exact"));
                if (!attributes.communities().isEmpty()
                        || !attributes.largeCommunities().isEmpty()) {
                    lines.add(term, " then community add FS-", name);
                }
                attributes.localPreference().ifPresent(value -> lines.add(term, " then local-preference " + value));
                attributes.med().ifPresent(value -> lines.add(term, " then metric " + value));
                lines.add(term, " then accept");
            }
        }
    }

    private static void inbound(Neighbour neighbour, Lines lines) {
        String policy = "FS-IN-" + neighbour.name();
        int index = 1;
        for (ImportRule rule : neighbour.imports()) {
            String mark = policy + "-" + index;
            String term = POLICY + policy + " term FS-" + index++;
            rule.mark().ifPresent(each -> {
                lines.add(GROUP, "policy-options community ", mark, " members ", large(each));
                lines.add(term, " from community ", mark);
            });
            lines.add(
                    term,
                    " from route-filter ",
                    rule.range().prefix().toString(),
                    " upto /" + rule.range().longest());
            rule.localPreference().ifPresent(value -> lines.add(term, " then local-preference " + value));
            lines.add(term, " then accept");
        }
        lines.add(POLICY, policy, " term FS-REST then reject");
    }

    private static String large(LargeCommunity mark) {
        return "large:" + mark;
    }

    private static void session(long localAs, Neighbour neighbour, Lines lines) {
        boolean isInternal = neighbour.remoteAs() == localAs;
        String group = GROUP + "protocols bgp group FS-" + (isInternal ? "INTERNAL" : "EXTERNAL");
        String start = group + " neighbor " + Lines.host(neighbour.address());
        lines.add(group, " type ", isInternal ? "internal" : "external");
        lines.add(start, " description ", neighbour.name());
        lines.add(start, " peer-as " + neighbour.remoteAs());
        lines.add(start, " hold-time " + neighbour.timers().holdSeconds());
        lines.add(start, " import FS-IN-", neighbour.name());
        lines.add(start, " export FS-OUT");
        neighbour.families().stream().sorted().forEach(family -> {
            String table = family == AddressFamily.IPV4 ? "inet" : "inet6";
            lines.add(start, " family ", table, " unicast prefix-limit maximum " + neighbour.maxPrefixes());
            lines.add(start, " family ", table, " unicast prefix-limit teardown");
        });
        if (!neighbour.timers().isRestartGraceful()) {
            lines.add(start, " graceful-restart disable");
        }
    }
}
