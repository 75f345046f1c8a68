package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RouteDiff;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionTimers;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * FRRouting 8.4 and newer. Policies stand before the sessions that use them, so that no session begins without. A range is announced by a
 * {@code network} statement, which needs no route of its own in the kernel: thousands of discard routes keep FRR busy for minutes. What
 * goes out must be of an owned pool, come from this router, and bear a tag that only these statements give.
 */
public final class FrrDialect implements RouterDialect {

    /** Marks routes within the router; no neighbour sees it. */
    private static final String TAG = "7179";

    private static final String OWN = "FS-OWN";

    /** Makes the dialect. */
    public FrrDialect() {}

    @Override
    public String name() {
        return "FRR";
    }

    @Override
    public RouterConfiguration render(RoutePlan plan) {
        Lines lines = new Lines();
        // With 0, FRR would not look at routes again when a policy changes; the default is 5 s.
        lines.add("bgp route-map delay-timer 1");
        filters(plan, lines);
        AttributeNames.in(plan).forEach((name, attributes) -> attributes(name, attributes, lines));
        outbound(plan, lines);
        plan.neighbours().forEach(neighbour -> inbound(neighbour, lines));
        router(plan, lines);
        return new RouterConfiguration(lines.toString(), List.of());
    }

    /**
     * Writes down what turns one plan into another on a router that runs: first what is added, then what is withdrawn, so that no address
     * is without a route meanwhile.
     *
     * @param before what the router has
     * @param after what it is to have; of the same router, neighbours and pools
     * @throws IllegalArgumentException if more differs than the announcements
     */
    public String changes(RoutePlan before, RoutePlan after) {
        RouteDiff diff = RouteDiff.between(before, after);
        if (diff.isElsewhereToo()) {
            throw new IllegalArgumentException(
                    "after: another router, neighbours or pools (expected: only announcements differ)");
        }
        Lines lines = new Lines();
        Map<String, RouteAttributes> gone = new LinkedHashMap<>(AttributeNames.in(before));
        AttributeNames.in(after).forEach((name, attributes) -> {
            if (gone.remove(name) == null) {
                attributes(name, attributes, lines);
            }
        });
        lines.add("router bgp ", Long.toString(after.localAs()));
        for (AddressFamily family : AddressFamily.values()) {
            lines.add(" address-family ", word(family), " unicast");
            networks("  network ", diff.added(), family, lines);
            networks("  network ", diff.changed(), family, lines);
            networks("  no network ", diff.withdrawn(), family, lines);
            lines.add(" exit-address-family");
        }
        lines.add("exit");
        gone.keySet().forEach(name -> lines.add("no route-map FS-", name));
        return lines.toString();
    }

    private static void networks(String verb, List<Announcement> announcements, AddressFamily family, Lines lines) {
        for (Announcement each : announcements) {
            if (each.prefix().family() == family) {
                lines.add(verb, each.prefix().toString(), " route-map FS-", AttributeNames.of(each.attributes()));
            }
        }
    }

    private static void filters(RoutePlan plan, Lines lines) {
        lines.add("bgp as-path access-list ", OWN, " seq 5 permit ^$");
        for (AddressFamily family : AddressFamily.values()) {
            int sequence = 5;
            for (Prefix pool : plan.owned(family)) {
                prefixList(family, OWN + Lines.digit(family), sequence, pool, family.bits(), lines);
                sequence += 5;
            }
        }
        for (Neighbour neighbour : plan.neighbours()) {
            int index = 1;
            for (ImportRule rule : neighbour.imports()) {
                String name = inboundName(neighbour) + "-" + index++;
                Prefix prefix = rule.range().prefix();
                prefixList(prefix.family(), name, 5, prefix, rule.range().longest(), lines);
                rule.mark()
                        .ifPresent(mark -> lines.add(
                                "bgp large-community-list standard ", name, " seq 5 permit ", mark.toString()));
            }
        }
    }

    private static void prefixList(
            AddressFamily family, String name, int sequence, Prefix prefix, int longest, Lines lines) {
        String upTo = longest == prefix.length() ? "" : " le " + longest;
        lines.add(ip(family), " prefix-list ", name, " seq " + sequence, " permit ", prefix.toString(), upTo);
    }

    private static void attributes(String name, RouteAttributes attributes, Lines lines) {
        lines.add("route-map FS-", name, " permit 10");
        if (!attributes.communities().isEmpty()) {
            lines.add(" set community ", joined(attributes.communities()));
        }
        if (!attributes.largeCommunities().isEmpty()) {
            lines.add(" set large-community ", joined(attributes.largeCommunities()));
        }
        attributes.localPreference().ifPresent(value -> lines.add(" set local-preference " + value));
        attributes.med().ifPresent(value -> lines.add(" set metric " + value));
        lines.add(" set tag ", TAG);
        attributes.weight().ifPresent(value -> lines.add(" set weight " + value));
        lines.add("exit");
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static void outbound(RoutePlan plan, Lines lines) {
        for (AddressFamily family : AddressFamily.values()) {
            if (!plan.owned(family).isEmpty()) {
                lines.add("route-map FS-OUT permit ", family == AddressFamily.IPV4 ? "10" : "20");
                lines.add(" match as-path ", OWN);
                lines.add(" match ", ip(family), " address prefix-list ", OWN, Lines.digit(family));
                lines.add(" match tag ", TAG);
                lines.add("exit");
            }
        }
        lines.add("route-map FS-OUT deny 65535").add("exit");
    }

    private static void inbound(Neighbour neighbour, Lines lines) {
        String map = inboundName(neighbour);
        int index = 1;
        for (ImportRule rule : neighbour.imports()) {
            String name = map + "-" + index;
            lines.add("route-map ", map, " permit " + 10 * index++);
            lines.add(" match ", ip(rule.range().prefix().family()), " address prefix-list ", name);
            rule.mark().ifPresent(mark -> lines.add(" match large-community ", name));
            rule.localPreference().ifPresent(value -> lines.add(" set local-preference " + value));
            rule.weight().ifPresent(value -> lines.add(" set weight " + value));
            lines.add("exit");
        }
        lines.add("route-map ", map, " deny 65535").add("exit");
    }

    private static void router(RoutePlan plan, Lines lines) {
        lines.add("router bgp " + plan.localAs());
        lines.add(" bgp router-id ", Lines.host(plan.routerId()));
        lines.add(" no bgp default ipv4-unicast");
        lines.add(" no bgp network import-check");
        // FRR 8.4 forgets to withdraw from a neighbour what goes while it still collects neighbours that came up
        // together, 1 s or more.
        lines.add(" coalesce-time 0");
        plan.neighbours().forEach(neighbour -> session(neighbour, lines));
        for (AddressFamily family : AddressFamily.values()) {
            lines.add(" address-family ", word(family), " unicast");
            networks("  network ", plan.announcements(), family, lines);
            plan.neighbours().stream()
                    .filter(neighbour -> neighbour.families().contains(family))
                    .forEach(neighbour -> activate(neighbour, lines));
            lines.add(" exit-address-family");
        }
        lines.add("exit");
    }

    private static void session(Neighbour neighbour, Lines lines) {
        String start = " neighbor " + Lines.host(neighbour.address());
        SessionTimers timers = neighbour.timers();
        lines.add(start, " remote-as " + neighbour.remoteAs());
        lines.add(start, " description ", neighbour.name());
        lines.add(start, " timers " + timers.keepaliveSeconds() + " " + timers.holdSeconds());
        lines.add(start, " timers connect " + timers.connectRetrySeconds());
        if (!timers.isRestartGraceful()) {
            lines.add(start, " graceful-restart-disable");
        }
    }

    private static void activate(Neighbour neighbour, Lines lines) {
        String start = "  neighbor " + Lines.host(neighbour.address());
        lines.add(start, " activate");
        lines.add(start, " maximum-prefix " + neighbour.maxPrefixes());
        lines.add(start, " route-map ", inboundName(neighbour), " in");
        lines.add(start, " route-map FS-OUT out");
    }

    private static String inboundName(Neighbour neighbour) {
        return "FS-IN-" + neighbour.name();
    }

    private static String ip(AddressFamily family) {
        return family == AddressFamily.IPV4 ? "ip" : "ipv6";
    }

    private static String word(AddressFamily family) {
        return family == AddressFamily.IPV4 ? "ipv4" : "ipv6";
    }
}
