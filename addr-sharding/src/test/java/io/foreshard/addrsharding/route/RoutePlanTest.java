package io.foreshard.addrsharding.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.RouteProblem.Rule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePlanTest {

    private static final Prefix ID = Prefix.parse("192.0.2.1");
    private static final Neighbour PEER = Neighbour.of("peer", Prefix.parse("192.0.2.2"), 64513);
    private static final Neighbour PEER6 = Neighbour.of("peer6", Prefix.parse("2001:db8::2"), 64513);

    private static List<Announcement> announcing(String... prefixes) {
        return Stream.of(prefixes)
                .map(each -> new Announcement(Prefix.parse(each), RouteClass.LIVE, RouteAttributes.NONE))
                .toList();
    }

    private static List<Prefix> pools(String... prefixes) {
        return Stream.of(prefixes).map(Prefix::parse).toList();
    }

    private static List<RouteProblem> problems(
            long as, Prefix id, List<Neighbour> neighbours, List<Announcement> announcements, List<Prefix> owned) {
        RoutePlanException refused =
                assertThrows(RoutePlanException.class, () -> new RoutePlan(as, id, neighbours, announcements, owned));
        return refused.problems();
    }

    private static void assertOnly(Rule rule, String text, List<RouteProblem> problems) {
        assertEquals(List.of(rule), problems.stream().map(RouteProblem::rule).toList(), problems::toString);
        assertEquals(text, problems.get(0).text());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 23456, 64496, 64511, 65535, 65536, 65551, 4294967295L, 4294967296L, Long.MIN_VALUE})
    void anAutonomousSystemThatStandsForNobodyIsRefused(long as) {
        assertOnly(
                Rule.USABLE_IDENTITY,
                "localAs: " + as + " (expected: an autonomous system that BGP allows)",
                problems(as, ID, List.of(), List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> Neighbour.of("peer", PEER.address(), as));
        assertThrows(IllegalArgumentException.class, () -> new LargeCommunity(as, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.0/24", "2001:db8::1"})
    void aRouterIdMustBeAnIpv4Address(String id) {
        assertOnly(
                Rule.USABLE_IDENTITY,
                "routerId: " + Prefix.parse(id) + " (expected: an IPv4 address other than 0.0.0.0)",
                problems(64512, Prefix.parse(id), List.of(), List.of(), List.of()));
    }

    @Test
    void spaceOfOthersIsNotAnnounced() {
        List<RouteProblem> problems = problems(
                64512,
                ID,
                List.of(PEER),
                announcing("10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/7", "11.0.0.0/8"),
                pools("10.0.0.0/8", "12.0.0.0/8"));
        assertEquals(
                List.of(
                        "announcement: 10.0.0.0/7 (expected: within one of the owned pools)",
                        "announcement: 11.0.0.0/8 (expected: within one of the owned pools)"),
                problems.stream().map(RouteProblem::text).toList());
    }

    @Test
    void whatOverlapsHasTheSameAttributes() {
        List<Announcement> same = announcing("10.0.0.0/16", "10.0.128.0/17");
        assertEquals(
                2,
                new RoutePlan(64512, ID, List.of(PEER), same, pools("10.0.0.0/8"))
                        .announcements()
                        .size());
        Announcement other =
                new Announcement(Prefix.parse("10.0.128.0/18"), RouteClass.PREFETCHED, RouteAttributes.NONE.withMed(7));
        assertOnly(
                Rule.CONSISTENT_OVERLAPS,
                "announcement: 10.0.128.0/18 (expected: the attributes of 10.0.128.0/17, which contains it)",
                problems(
                        64512,
                        ID,
                        List.of(PEER),
                        Stream.concat(same.stream(), Stream.of(other)).toList(),
                        pools("10.0.0.0/8")));
    }

    @Test
    void nothingIsAnnouncedTwice() {
        assertOnly(
                Rule.DISTINCT_ANNOUNCEMENTS,
                "announcement: 10.0.0.0/16 (expected: announced once)",
                problems(64512, ID, List.of(PEER), announcing("10.0.0.0/16", "10.0.0.0/16"), pools("10.0.0.0/8")));
    }

    @Test
    void noNeighbourIsSentMoreThanItTakes() {
        List<Announcement> three = announcing("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24");
        List<Prefix> owned = pools("10.0.0.0/8");
        Neighbour takesThree = PEER.withPeerMaxPrefixes(3);
        assertEquals(
                3,
                new RoutePlan(64512, ID, List.of(takesThree, PEER6.withPeerMaxPrefixes(1)), three, owned)
                        .announcements()
                        .size());
        assertOnly(
                Rule.WITHIN_PEER_LIMITS,
                "announcements of IPV4: 3 (expected: at most 2, which peer takes)",
                problems(64512, ID, List.of(PEER.withPeerMaxPrefixes(2)), three, owned));
        assertThrows(IllegalArgumentException.class, () -> PEER.withPeerMaxPrefixes(0));
    }

    @Test
    void aFamilyThatNobodyTakesIsNotAnnounced() {
        assertOnly(
                Rule.FAMILY_HAS_A_NEIGHBOUR,
                "announcement: 10.0.0.0/16 (expected: a neighbour that takes IPV4)",
                problems(64512, ID, List.of(PEER6), announcing("10.0.0.0/16"), pools("10.0.0.0/8")));
    }

    @Test
    void poolsDoNotOverlap() {
        assertOnly(
                Rule.DISJOINT_POOLS,
                "owned: 10.0.0.0/9 (expected: not overlapping 10.0.0.0/8)",
                problems(64512, ID, List.of(PEER), List.of(), pools("10.0.0.0/9", "10.0.0.0/8")));
    }

    @Test
    void neighboursDifferInNameAndAddress() {
        Neighbour sameName = Neighbour.of("PEER", Prefix.parse("192.0.2.3"), 64513);
        Neighbour sameAddress = Neighbour.of("other", PEER.address(), 64513);
        Neighbour self = Neighbour.of("self", ID, 64513);
        List<RouteProblem> problems =
                problems(64512, ID, List.of(PEER, sameName, sameAddress, self), List.of(), List.of());
        assertEquals(3, problems.size(), problems::toString);
        assertTrue(problems.stream().allMatch(each -> each.rule() == Rule.DISTINCT_NEIGHBOURS), problems::toString);
    }

    @Test
    void aPlanIsBounded() {
        List<Neighbour> many = Stream.iterate(0, i -> i + 1)
                .limit(RoutePlan.MOST_NEIGHBOURS + 1)
                .map(i -> Neighbour.of("n" + i, Prefix.parse("10.9." + i / 256 + "." + (i % 256 + 0)), 64513))
                .toList();
        assertOnly(
                Rule.WITHIN_BOUNDS,
                "neighbours: 257 (expected: at most 256)",
                problems(64512, ID, many, List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\nrouter bgp 1",
                "a;",
                "a'",
                "a\"",
                "1a",
                "-a",
                "ä",
                "a!",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aNameThatCouldEndALineOrAWordIsRefused(String name) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Neighbour.of(name, PEER.address(), 64513));
        assertTrue(refused.getMessage().startsWith("neighbour.name: "), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "127.0.0.1", "169.254.0.1", "fe80::1", "::", "192.0.2.0/24"})
    void aNeighbourIsAtAnAddressOfOneHost(String address) {
        assertThrows(IllegalArgumentException.class, () -> Neighbour.of("peer", Prefix.parse(address), 64513));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RouteAttributes.NONE.withMed(-1));
        assertThrows(IllegalArgumentException.class, () -> RouteAttributes.NONE.withMed(1L << 32));
        assertThrows(IllegalArgumentException.class, () -> RouteAttributes.NONE.withLocalPreference(1L << 32));
        assertThrows(IllegalArgumentException.class, () -> RouteAttributes.NONE.withWeight(65536));
        assertThrows(IllegalArgumentException.class, () -> new Community(65536, 0));
        assertThrows(IllegalArgumentException.class, () -> new Community(0, -1));
        assertThrows(IllegalArgumentException.class, () -> new LargeCommunity(64512, 1L << 32, 0));
        assertThrows(IllegalArgumentException.class, () -> new SessionTimers(2, 5, 1, true));
        assertThrows(IllegalArgumentException.class, () -> PEER.withMaxPrefixes(0));
    }

    @Test
    void aRangeShorterThanItsPrefixIsRefused() {
        Prefix prefix = Prefix.parse("10.64.0.0/16");
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new PrefixRange(prefix, 8));
        assertEquals("longest: 8 (expected: 16…32)", refused.getMessage());
    }

    @Test
    void nothingOfAFamilyThatIsNotExchangedIsAccepted() {
        ImportRule ipv6 = new ImportRule(
                new PrefixRange(Prefix.parse("2001:db8::/32"), 48),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
        assertThrows(IllegalArgumentException.class, () -> PEER.accepting(ipv6));
    }
}
