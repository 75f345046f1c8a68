package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cisco IOS XR, for {@code load} and {@code commit confirmed}. Compared with files that were written by hand; it has never run on a
 * device.
 */
public final class IosXrDialect implements RouterDialect {

    /** Makes the dialect. */
    public IosXrDialect() {}

    @Override
    public String name() {
        return "IOS XR";
    }

    @Override
    public RouterConfiguration render(RoutePlan plan) {
        Lines lines = new Lines();
        for (AddressFamily family : AddressFamily.values()) {
            prefixSet(
                    "FS-OWN" + Lines.digit(family),
                    plan.announcements(family).stream()
                            .map(each -> each.prefix().toString())
                            .toList(),
                    family,
                    lines);
        }
        AttributeNames.in(plan).forEach((name, attributes) -> attributes(name, attributes, lines));
        outbound(lines);
        plan.neighbours().forEach(neighbour -> inbound(neighbour, lines));
        origins(plan, lines);
        router(plan, lines);
        lines.add("end");
        return new RouterConfiguration(
                lines.toString(),
                List.of(
                        "Null0 routes: one for each announcement, as a network statement needs the same route",
                        "withdrawn ranges: their Null0 and network lines stay after loading, but nobody is sent them, as"
                                + " the prefix sets are replaced"));
    }

    /** An empty set is not allowed, so it holds what cannot be announced. */
    private static void prefixSet(String name, List<String> members, AddressFamily family, Lines lines) {
        String nothing = family == AddressFamily.IPV4 ? "0.0.0.0/32" : "::/128";
        lines.add("prefix-set ", name);
        lines.add("  ", members.isEmpty() ? nothing : String.join(",\n  ", members));
        lines.add("end-set");
        lines.add("!");
    }

    private static void attributes(String name, RouteAttributes attributes, Lines lines) {
        lines.add("route-policy FS-", name);
        if (!attributes.communities().isEmpty()) {
            lines.add("  set community (", joined(attributes.communities()), ") additive");
        }
        if (!attributes.largeCommunities().isEmpty()) {
            lines.add("  set large-community (", joined(attributes.largeCommunities()), ") additive");
        }
        attributes.localPreference().ifPresent(value -> lines.add("  set local-preference " + value));
        attributes.med().ifPresent(value -> lines.add("  set med " + value));
        attributes.weight().ifPresent(value -> lines.add("  set weight " + value));
        lines.add("  pass").add("end-policy").add("!");
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static void outbound(Lines lines) {
        lines.add("route-policy FS-OUT");
        lines.add("  if as-path is-local and (destination in FS-OWN4 or destination in FS-OWN6) then");
        lines.add("    pass");
        lines.add("  else");
        lines.add("    drop");
        lines.add("  endif");
        lines.add("end-policy");
        lines.add("!");
    }

    private static void inbound(Neighbour neighbour, Lines lines) {
        lines.add("route-policy FS-IN-", neighbour.name());
        for (ImportRule rule : neighbour.imports()) {
            String upTo = rule.range().isExact() ? "" : " le " + rule.range().longest();
            String mark = rule.mark()
                    .map(each -> " and large-community matches-any (" + each + ")")
                    .orElse("");
            lines.add("  if destination in (", rule.range().prefix().toString(), upTo, ")", mark, " then");
            rule.localPreference().ifPresent(value -> lines.add("    set local-preference " + value));
            rule.weight().ifPresent(value -> lines.add("    set weight " + value));
            lines.add("    done");
            lines.add("  endif");
        }
        lines.add("  drop").add("end-policy").add("!");
    }

    private static void origins(RoutePlan plan, Lines lines) {
        lines.add("router static");
        for (AddressFamily family : AddressFamily.values()) {
            lines.add(" address-family ", word(family), " unicast");
            plan.announcements(family)
                    .forEach(each -> lines.add("  ", each.prefix().toString(), " Null0"));
            lines.add(" !");
        }
        lines.add("!");
    }

    private static void router(RoutePlan plan, Lines lines) {
        lines.add("router bgp " + plan.localAs());
        lines.add(" bgp router-id ", Lines.host(plan.routerId()));
        for (AddressFamily family : AddressFamily.values()) {
            lines.add(" address-family ", word(family), " unicast");
            for (Announcement each : plan.announcements(family)) {
                Prefix prefix = each.prefix();
                lines.add("  network ", prefix.toString(), " route-policy FS-", AttributeNames.of(each.attributes()));
            }
            lines.add(" !");
        }
        plan.neighbours().forEach(neighbour -> session(plan.localAs(), neighbour, lines));
        lines.add("!");
    }

    private static void session(long localAs, Neighbour neighbour, Lines lines) {
        lines.add(" neighbor ", Lines.host(neighbour.address()));
        lines.add("  remote-as " + neighbour.remoteAs());
        lines.add("  timers " + neighbour.timers().keepaliveSeconds() + " "
                + neighbour.timers().holdSeconds());
        lines.add("  description ", neighbour.name());
        if (!neighbour.timers().isRestartGraceful()) {
            lines.add("  graceful-restart disable");
        }
        neighbour.families().stream().sorted().forEach(family -> {
            lines.add("  address-family ", word(family), " unicast");
            lines.add("   route-policy FS-IN-", neighbour.name(), " in");
            lines.add("   maximum-prefix " + neighbour.maxPrefixes(), " 90");
            lines.add("   route-policy FS-OUT out");
            if (neighbour.remoteAs() != localAs) {
                lines.add("   send-community-ebgp");
            }
            lines.add("  !");
        });
        lines.add(" !");
    }

    private static String word(AddressFamily family) {
        return family == AddressFamily.IPV4 ? "ipv4" : "ipv6";
    }
}
