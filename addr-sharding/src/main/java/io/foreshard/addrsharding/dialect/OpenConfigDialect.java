package io.foreshard.addrsharding.dialect;

import static io.foreshard.addrsharding.dialect.JsonText.object;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.PrefixRange;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * JSON of the OpenConfig models for routing policies and network instances, as RFC 7951 has it, for a replacing {@code Set} of gNMI.
 * Compared with files that were written by hand; it has never run on a device.
 */
public final class OpenConfigDialect implements RouterDialect {

    private static final String TYPES = "openconfig-policy-types:";

    /** Makes the dialect. */
    public OpenConfigDialect() {}

    @Override
    public String name() {
        return "OpenConfig";
    }

    @Override
    public RouterConfiguration render(RoutePlan plan) {
        List<Object> sets = new ArrayList<>();
        List<Object> policies = new ArrayList<>();
        policies.add(outbound(plan, sets));
        for (Neighbour neighbour : plan.neighbours()) {
            policies.add(inbound(neighbour, sets));
        }
        Object routing = object(
                "defined-sets", object("prefix-sets", object("prefix-set", sets)),
                "policy-definitions", object("policy-definition", policies));
        Object instances = object("network-instance", List.of(instance(plan)));
        return new RouterConfiguration(
                JsonText.of(object(
                        "openconfig-routing-policy:routing-policy", routing,
                        "openconfig-network-instance:network-instances", instances)),
                notes(plan));
    }

    private static List<String> notes(RoutePlan plan) {
        List<String> notes = new ArrayList<>();
        notes.add("static routes: one for each announcement, as only what a table has is exported");
        notes.add("large communities: left out (expected: standard ones instead)");
        if (Notes.hasWeight(plan)) {
            notes.add("weight: left out, as the models have none (expected: a local preference instead)");
        }
        boolean isMarked = plan.neighbours().stream()
                .flatMap(each -> each.imports().stream())
                .anyMatch(each -> each.mark().isPresent());
        if (isMarked) {
            notes.add("import rules with a mark: left out, as accepting more than was asked for is worse");
        }
        return notes;
    }

    private static Object outbound(RoutePlan plan, List<Object> sets) {
        List<Object> statements = new ArrayList<>();
        AttributeNames.in(plan).forEach((name, attributes) -> {
            for (AddressFamily family : AddressFamily.values()) {
                List<PrefixRange> exact = plan.announcements(family).stream()
                        .filter(each -> each.attributes().equals(attributes))
                        .map(Announcement::prefix)
                        .map(prefix -> new PrefixRange(prefix, prefix.length()))
                        .toList();
                if (!exact.isEmpty()) {
                    String set = "FS-" + name + "-" + Lines.digit(family);
                    sets.add(prefixSet(set, family, exact));
                    statements.add(statement(set, attributes));
                }
            }
        });
        return policy("FS-OUT", statements);
    }

    private static Object inbound(Neighbour neighbour, List<Object> sets) {
        List<Object> statements = new ArrayList<>();
        int index = 1;
        for (ImportRule rule : neighbour.imports()) {
            String name = "FS-IN-" + neighbour.name() + "-" + index++;
            if (rule.mark().isEmpty()) {
                sets.add(prefixSet(name, rule.range().prefix().family(), List.of(rule.range())));
                RouteAttributes given = new RouteAttributes(
                        List.of(), List.of(), RouteAttributes.NONE.med(), rule.localPreference(), rule.weight());
                statements.add(statement(name, given));
            }
        }
        return policy("FS-IN-" + neighbour.name(), statements);
    }

    private static Object prefixSet(String name, AddressFamily family, List<PrefixRange> ranges) {
        List<Object> prefixes = new ArrayList<>();
        for (PrefixRange range : ranges) {
            String lengths = range.isExact() ? "exact" : range.prefix().length() + ".." + range.longest();
            String prefix = range.prefix().toString();
            Object config = object("ip-prefix", prefix, "masklength-range", lengths);
            prefixes.add(object("ip-prefix", prefix, "masklength-range", lengths, "config", config));
        }
        Object config = object("name", name, "mode", family.name());
        return object("name", name, "config", config, "prefixes", object("prefix", prefixes));
    }

    /** What no statement accepts is rejected, by one that fits all. */
    private static Object policy(String name, List<Object> statements) {
        List<Object> all = new ArrayList<>(statements);
        Object reject = object("config", object("policy-result", "REJECT_ROUTE"));
        all.add(object("name", "FS-REST", "config", object("name", "FS-REST"), "actions", reject));
        return object("name", name, "config", object("name", name), "statements", object("statement", all));
    }

    private static Object statement(String set, RouteAttributes attributes) {
        Object match = object("config", object("prefix-set", set, "match-set-options", "ANY"));
        Map<String, Object> simple = object();
        attributes.localPreference().ifPresent(value -> simple.put("set-local-pref", value));
        attributes.med().ifPresent(value -> simple.put("set-med", value));
        Map<String, Object> bgp = object("config", simple);
        if (!attributes.communities().isEmpty()) {
            List<String> members =
                    attributes.communities().stream().map(Object::toString).toList();
            Object inline = object("config", object("communities", members));
            bgp.put("set-community", object("config", object("method", "INLINE", "options", "ADD"), "inline", inline));
        }
        Object actions =
                object("config", object("policy-result", "ACCEPT_ROUTE"), "openconfig-bgp-policy:bgp-actions", bgp);
        return object(
                "name",
                set,
                "config",
                object("name", set),
                "conditions",
                object("match-prefix-set", match),
                "actions",
                actions);
    }

    private static Object instance(RoutePlan plan) {
        List<Object> routes = new ArrayList<>();
        for (Announcement each : plan.announcements()) {
            Object hop = object("index", "DROP", "config", object("index", "DROP", "next-hop", "DROP"));
            String prefix = each.prefix().toString();
            Object hops = object("next-hop", List.of(hop));
            routes.add(object("prefix", prefix, "config", object("prefix", prefix), "next-hops", hops));
        }
        List<Object> neighbours = new ArrayList<>();
        plan.neighbours().forEach(each -> neighbours.add(session(each)));
        Object global = object("config", object("as", plan.localAs(), "router-id", Lines.host(plan.routerId())));
        Object bgp = object("global", global, "neighbors", object("neighbor", neighbours));
        Object protocols = object(
                "protocol",
                List.of(protocol("STATIC", "static-routes", object("static", routes)), protocol("BGP", "bgp", bgp)));
        Object connections = object("table-connection", List.of(connection("IPV4"), connection("IPV6")));
        return object(
                "name",
                "default",
                "config",
                object("name", "default"),
                "table-connections",
                connections,
                "protocols",
                protocols);
    }

    /** Brings static routes into BGP. */
    private static Object connection(String family) {
        String from = TYPES + "STATIC";
        String to = TYPES + "BGP";
        Object config = object(
                "src-protocol",
                from,
                "dst-protocol",
                to,
                "address-family",
                "openconfig-types:" + family,
                "import-policy",
                List.of("FS-OUT"),
                "default-import-policy",
                "REJECT_ROUTE");
        return object(
                "src-protocol", from,
                "dst-protocol", to,
                "address-family", "openconfig-types:" + family,
                "config", config);
    }

    private static Object protocol(String identifier, String container, Object content) {
        String identity = TYPES + identifier;
        Object config = object("identifier", identity, "name", "FS");
        return object("identifier", identity, "name", "FS", "config", config, container, content);
    }

    private static Object session(Neighbour neighbour) {
        String address = Lines.host(neighbour.address());
        List<Object> families = new ArrayList<>();
        neighbour.families().stream().sorted().forEach(family -> {
            String container = family == AddressFamily.IPV4 ? "ipv4-unicast" : "ipv6-unicast";
            String name = "openconfig-bgp-types:" + (family == AddressFamily.IPV4 ? "IPV4_UNICAST" : "IPV6_UNICAST");
            Object limit = object("config", object("max-prefixes", neighbour.maxPrefixes()));
            families.add(object(
                    "afi-safi-name",
                    name,
                    "config",
                    object("afi-safi-name", name, "enabled", true),
                    container,
                    object("prefix-limit", limit)));
        });
        Object config =
                object("neighbor-address", address, "peer-as", neighbour.remoteAs(), "description", neighbour.name());
        Object timers = object(
                "hold-time", neighbour.timers().holdSeconds(),
                "keepalive-interval", neighbour.timers().keepaliveSeconds(),
                "connect-retry", neighbour.timers().connectRetrySeconds());
        Object policies = object(
                "import-policy",
                List.of("FS-IN-" + neighbour.name()),
                "export-policy",
                List.of("FS-OUT"),
                "default-import-policy",
                "REJECT_ROUTE",
                "default-export-policy",
                "REJECT_ROUTE");
        return object(
                "neighbor-address", address,
                "config", config,
                "timers", object("config", timers),
                "graceful-restart",
                        object("config", object("enabled", neighbour.timers().isRestartGraceful())),
                "apply-policy", object("config", policies),
                "afi-safis", object("afi-safi", families));
    }
}
