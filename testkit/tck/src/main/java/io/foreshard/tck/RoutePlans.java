package io.foreshard.tck;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.Community;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.LargeCommunity;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.PrefixRange;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionTimers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a router dialect is asked with: the same plans in every run. */
final class RoutePlans {

    /** Names that a plan may have, and that mean something to some router. */
    static final List<String> HOSTILE_NAMES = List.of(
            "no",
            "exit",
            "end",
            "permit",
            "deny",
            "any",
            "all",
            "delete",
            "set",
            "apply-groups",
            "true",
            "null",
            "FS-OUT",
            "FS-IN",
            "OWN",
            "REST",
            "fs_to4",
            "static4",
            "kernel6",
            "device",
            "to4",
            "from4_a",
            "name",
            "reject",
            "accept",
            "protocol",
            "A-1",
            "a_1-1-1");

    /** What could end a line, a word, a string, a comment or a block. */
    static final List<String> POISON = List.of(
            "\n", "\r", "\r\n", " ", "\t", "\"", "'", "}", "{", ";", "!", "#", "\\", "/*", "*/", "|", "$(", "\0",
            "\u0085", "\u2028", "é", "?");

    private static final long LOCAL_AS = 64512;
    private static final Prefix ROUTER = Prefix.parse("192.0.2.1");
    private static final Prefix POOL4 = Prefix.parse("10.64.0.0/12");
    private static final Prefix POOL6 = Prefix.parse("2001:db8:64::/48");
    private static final Pattern WITH_LENGTH =
            Pattern.compile("(?<![0-9a-f.:])([0-9a-f:]*:[0-9a-f:]*|[0-9]+(?:\\.[0-9]+){3})/([0-9]+)");

    private final SplittableRandom random;

    private RoutePlans(long seed) {
        random = new SplittableRandom(seed);
    }

    static List<RoutePlan> random(long seed, int count) {
        RoutePlans plans = new RoutePlans(seed);
        List<RoutePlan> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(plans.plan());
        }
        return all;
    }

    static RoutePlan empty() {
        return new RoutePlan(LOCAL_AS, ROUTER, List.of(), List.of(), List.of());
    }

    static RoutePlan withNeighbour(String name) {
        Neighbour neighbour = Neighbour.of(name, Prefix.parse("192.0.2.2"), 64513)
                .accepting(ImportRule.of(new PrefixRange(Prefix.parse("10.128.0.0/16"), 24))
                        .marked(new LargeCommunity(64513, 1, 1)));
        Announcement announcement =
                new Announcement(Prefix.parse("10.64.0.0/24"), RouteClass.LIVE, RouteAttributes.NONE.withMed(5));
        return new RoutePlan(LOCAL_AS, ROUTER, List.of(neighbour), List.of(announcement), List.of(POOL4));
    }

    /** A plan with such a neighbour, or nothing where no plan can have one. */
    static Optional<RoutePlan> tryNeighbour(String name) {
        try {
            return Optional.of(withNeighbour(name));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** All ranges that a file of a plan may name. The address that nobody has stands for none, where a list must not be empty. */
    static Set<String> prefixesOf(RoutePlan plan) {
        Set<String> all = new HashSet<>(Set.of("0.0.0.0/32", "::/128"));
        plan.announcements().forEach(each -> all.add(each.prefix().toString()));
        plan.owned().forEach(each -> all.add(each.toString()));
        all.add(plan.routerId().toString());
        for (Neighbour neighbour : plan.neighbours()) {
            all.add(neighbour.address().toString());
            neighbour.imports().forEach(rule -> all.add(rule.range().prefix().toString()));
        }
        return all;
    }

    static Set<String> prefixesIn(String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = WITH_LENGTH.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private RoutePlan plan() {
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            neighbours.add(neighbour(i));
        }
        Set<Prefix> prefixes = new HashSet<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            prefixes.add(new Prefix(AddressFamily.IPV4, 0, 0x0a400000L | (long) random.nextInt(1 << 12) << 8, 24));
            prefixes.add(new Prefix(AddressFamily.IPV6, 0x20010db8_00640000L | random.nextInt(1 << 16), 0, 64));
        }
        RouteAttributes[] sets = {attributes(), attributes(), RouteAttributes.NONE};
        List<Announcement> announcements = new ArrayList<>();
        prefixes.stream()
                .sorted()
                .forEach(prefix -> announcements.add(
                        new Announcement(prefix, RouteClass.LIVE, sets[random.nextInt(sets.length)])));
        return new RoutePlan(LOCAL_AS, ROUTER, neighbours, announcements, List.of(POOL4, POOL6));
    }

    private Neighbour neighbour(int number) {
        boolean isIpv4 = random.nextBoolean();
        Prefix address = Prefix.parse(isIpv4 ? "192.0.2." + (10 + number) : "2001:db8:ffff::" + number);
        ImportRule rule4 = ImportRule.of(new PrefixRange(Prefix.parse("10.128.0.0/16"), 16 + random.nextInt(17)));
        ImportRule rule6 = ImportRule.of(new PrefixRange(Prefix.parse("2001:db8:128::/48"), 48));
        return Neighbour.of("edge-" + number, address, LOCAL_AS + random.nextInt(3))
                .withFamilies(EnumSet.allOf(AddressFamily.class))
                .withMaxPrefixes(1 + random.nextInt(1000))
                .withTimers(random.nextBoolean() ? SessionTimers.USUAL : new SessionTimers(1, 3, 1, false))
                .accepting(
                        random.nextBoolean() ? rule4.marked(new LargeCommunity(64513, 1, number)) : rule4,
                        random.nextBoolean() ? rule6.preferred(random.nextLong(1L << 32)) : rule6);
    }

    private RouteAttributes attributes() {
        RouteAttributes marked = RouteAttributes.marked(
                random.nextBoolean() ? List.of() : List.of(new Community(64512, random.nextInt(1 << 16))),
                random.nextBoolean() ? List.of() : List.of(new LargeCommunity(LOCAL_AS, 1, random.nextInt(1 << 16))));
        RouteAttributes withMed = random.nextBoolean() ? marked : marked.withMed(random.nextLong(1L << 32));
        return random.nextBoolean() ? withMed : withMed.withWeight(random.nextInt(1 << 16));
    }
}
