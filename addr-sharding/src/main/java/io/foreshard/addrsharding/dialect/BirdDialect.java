package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.Community;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.LargeCommunity;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.PrefixRange;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionTimers;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * BIRD 2. Ranges are static routes of a protocol of their own, which discard what has no more specific route; what goes out must come from
 * it and be of an owned pool. The kernel gets only what neighbours sent.
 */
public final class BirdDialect implements RouterDialect {

    /** Makes the dialect. */
    public BirdDialect() {}

    /**
     * Returns what the session with a neighbour is called in the router.
     *
     * @param neighbour name in the plan
     */
    public static String protocol(String neighbour) {
        return "fs_bgp_" + neighbour;
    }

    @Override
    public String name() {
        return "BIRD";
    }

    @Override
    public RouterConfiguration render(RoutePlan plan) {
        Lines lines = new Lines();
        lines.add("router id ", Lines.host(plan.routerId()), ";");
        lines.add("protocol device 'fs_device' { scan time 10; }");
        AttributeNames.in(plan).forEach((name, attributes) -> attributes(name, attributes, lines));
        for (AddressFamily family : AddressFamily.values()) {
            routes(plan, family, lines);
            outbound(plan, family, lines);
        }
        for (Neighbour neighbour : plan.neighbours()) {
            neighbour.families().stream().sorted().forEach(family -> inbound(neighbour, family, lines));
            session(plan, neighbour, lines);
        }
        return new RouterConfiguration(lines.toString(), notes(plan));
    }

    private static List<String> notes(RoutePlan plan) {
        List<String> notes = new ArrayList<>();
        if (Notes.hasWeight(plan)) {
            notes.add("weight: left out, as BIRD has none (expected: a local preference instead)");
        }
        return notes;
    }

    private static void attributes(String name, RouteAttributes attributes, Lines lines) {
        lines.add("function fs_", name, "() {");
        for (Community each : attributes.communities()) {
            lines.add("  bgp_community.add((" + each.autonomousSystem() + "," + each.value(), "));");
        }
        for (LargeCommunity each : attributes.largeCommunities()) {
            lines.add("  bgp_large_community.add(", tuple(each), ");");
        }
        attributes.localPreference().ifPresent(value -> lines.add("  bgp_local_pref = " + value, ";"));
        attributes.med().ifPresent(value -> lines.add("  bgp_med = " + value, ";"));
        lines.add("}");
    }

    private static String tuple(LargeCommunity mark) {
        return "(" + mark.autonomousSystem() + "," + mark.function() + "," + mark.parameter() + ")";
    }

    private static void routes(RoutePlan plan, AddressFamily family, Lines lines) {
        String digit = Lines.digit(family);
        lines.add("protocol kernel 'fs_kernel", digit, "' {");
        lines.add("  ipv", digit, " { import none; export where source = RTS_BGP; };");
        lines.add("}");
        lines.add("protocol static 'fs_static", digit, "' {");
        lines.add("  ipv", digit, ";");
        for (Announcement each : plan.announcements(family)) {
            String call = "fs_" + AttributeNames.of(each.attributes()) + "()";
            lines.add("  route ", each.prefix().toString(), " blackhole { ", call, "; };");
        }
        lines.add("}");
    }

    private static void outbound(RoutePlan plan, AddressFamily family, Lines lines) {
        String digit = Lines.digit(family);
        lines.add("filter 'fs_to", digit, "' {");
        if (!plan.owned(family).isEmpty()) {
            String pools = plan.owned(family).stream()
                    .map(pool -> range(pool, family.bits()))
                    .collect(Collectors.joining(", ", "[ ", " ]"));
            lines.add("  if proto = \"fs_static", digit, "\" && net ~ ", pools, " then {");
            // BIRD sends to other autonomous systems only a discriminator that was set right here.
            lines.add("    if defined(bgp_med) then bgp_med = bgp_med;");
            lines.add("    accept;");
            lines.add("  }");
        }
        lines.add("  reject;");
        lines.add("}");
    }

    private static void inbound(Neighbour neighbour, AddressFamily family, Lines lines) {
        lines.add("filter 'fs_from", Lines.digit(family), "_", neighbour.name(), "' {");
        for (ImportRule rule : neighbour.imports()) {
            PrefixRange range = rule.range();
            if (range.prefix().family() == family) {
                String mark = rule.mark()
                        .map(each -> " && " + tuple(each) + " ~ bgp_large_community")
                        .orElse("");
                lines.add("  if net ~ [ ", range(range.prefix(), range.longest()), " ]", mark, " then {");
                rule.localPreference().ifPresent(value -> lines.add("    bgp_local_pref = " + value, ";"));
                lines.add("    accept;");
                lines.add("  }");
            }
        }
        lines.add("  reject;");
        lines.add("}");
    }

    private static String range(Prefix prefix, int longest) {
        return prefix + "{" + prefix.length() + "," + longest + "}";
    }

    private static void session(RoutePlan plan, Neighbour neighbour, Lines lines) {
        SessionTimers timers = neighbour.timers();
        lines.add("protocol bgp '", protocol(neighbour.name()), "' {");
        lines.add("  local as " + plan.localAs(), ";");
        lines.add("  neighbor ", Lines.host(neighbour.address()), " as " + neighbour.remoteAs(), ";");
        lines.add("  hold time " + timers.holdSeconds(), ";");
        lines.add("  keepalive time " + timers.keepaliveSeconds(), ";");
        lines.add("  connect delay time 1;");
        lines.add("  connect retry time " + timers.connectRetrySeconds(), ";");
        lines.add("  error wait time 1, 60;");
        lines.add("  graceful restart ", timers.isRestartGraceful() ? "on;" : "off;");
        neighbour.families().stream().sorted().forEach(family -> {
            String digit = Lines.digit(family);
            lines.add("  ipv", digit, " {");
            lines.add("    import limit " + neighbour.maxPrefixes(), " action disable;");
            lines.add("    import filter 'fs_from", digit, "_", neighbour.name(), "';");
            lines.add("    export filter 'fs_to", digit, "';");
            lines.add("  };");
        });
        lines.add("}");
    }
}
