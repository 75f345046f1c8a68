package io.foreshard.addrsharding.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import io.foreshard.examples.harness.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each language against a file that was read by people; FRR's and BIRD's also against their own checkers, the others' ran nowhere. */
class DialectTest {

    private static final Prefix FRR_POOL = Prefix.parse("10.64.0.0/16");
    private static final RouteAttributes LIVE = RouteAttributes.marked(
                    List.of(new Community(64512, 100), new Community(65535, 65281)),
                    List.of(new LargeCommunity(4200000001L, 1, 100)))
            .withMed(50)
            .withLocalPreference(200)
            .withWeight(1000);
    private static final RouteAttributes PREFETCHED =
            RouteAttributes.marked(List.of(), List.of(new LargeCommunity(4200000001L, 1, 200)));

    private static RoutePlan plan() {
        PrefixRange theirs = new PrefixRange(Prefix.parse("10.65.0.0/16"), 24);
        PrefixRange default4 = new PrefixRange(Prefix.parse("0.0.0.0/0"), 0);
        PrefixRange theirs6 = new PrefixRange(Prefix.parse("2001:db8:65::/48"), 64);
        Neighbour edge = Neighbour.of("edge-1", Prefix.parse("192.0.2.2"), 64513)
                .withMaxPrefixes(2000)
                .accepting(
                        ImportRule.of(theirs)
                                .marked(new LargeCommunity(64513, 1, 100))
                                .preferred(200),
                        ImportRule.of(default4));
        Neighbour inner = Neighbour.of("inner_6", Prefix.parse("2001:db8:ffff::2"), 64512)
                .withTimers(new SessionTimers(1, 3, 1, false))
                .accepting(ImportRule.of(theirs6));
        return new RoutePlan(
                64512,
                Prefix.parse("192.0.2.1"),
                List.of(inner, edge),
                List.of(
                        new Announcement(Prefix.parse("10.64.16.0/20"), RouteClass.LIVE, LIVE),
                        new Announcement(Prefix.parse("10.64.0.0/24"), RouteClass.PREFETCHED, PREFETCHED),
                        new Announcement(Prefix.parse("2001:db8:64:10::/60"), RouteClass.LIVE, LIVE)),
                List.of(FRR_POOL, Prefix.parse("2001:db8:64::/48")));
    }

    private static Stream<RouterDialect> dialects() {
        return Stream.of(
                new FrrDialect(), new BirdDialect(), new JunosDialect(), new IosXrDialect(), new OpenConfigDialect());
    }

    private static String golden(RouterDialect dialect) throws IOException {
        String file = "golden/" + dialect.name().replace(" ", "-").toLowerCase(java.util.Locale.ROOT) + ".txt";
        try (InputStream input = DialectTest.class.getResourceAsStream(file)) {
            assertNotNull(input, file);
            return new String(input.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aPlanIsWrittenAsInTheGoldenFile(RouterDialect dialect) throws IOException {
        assertEquals(golden(dialect), dialect.render(plan()).text());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theSamePlanGivesTheSameText(RouterDialect dialect) {
        assertEquals(dialect.render(plan()), dialect.render(plan()));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyAnnouncementIsThereAndNothingOfItWhenItIsWithdrawn(RouterDialect dialect) {
        RouterConfiguration empty = dialect.render(plan().announcing(List.of()));
        for (Announcement each : plan().announcements()) {
            String prefix = each.prefix().toString();
            assertTrue(dialect.render(plan()).text().contains(prefix), prefix);
            assertFalse(empty.text().contains(prefix), prefix);
        }
    }

    @Test
    void whatALanguageCannotSayIsNoted() {
        for (RouterDialect dialect : dialects().toList()) {
            boolean hasWeight = dialect instanceof FrrDialect || dialect instanceof IosXrDialect;
            boolean isNoted = dialect.render(plan()).notes().stream().anyMatch(each -> each.startsWith("weight:"));
            assertEquals(!hasWeight, isNoted, dialect.name());
        }
    }

    @Test
    void frrRefersToNothingThatIsNotDefinedBefore() {
        String text = new FrrDialect().render(plan()).text();
        Pattern defined =
                Pattern.compile("(?:prefix-list|access-list|standard|route-map) (FS-\\S+) (?:seq|permit|deny)");
        Pattern used = Pattern.compile("(?:prefix-list|as-path|large-community|route-map) (FS-\\S+)(?: in| out)?$");
        Set<String> known = new HashSet<>();
        int uses = 0;
        for (String line : text.split("\n", -1)) {
            Matcher definition = defined.matcher(line);
            Matcher use = used.matcher(line);
            if (definition.find()) {
                known.add(definition.group(1));
            } else if (use.find()) {
                assertTrue(known.contains(use.group(1)), line);
                uses++;
            }
        }
        assertTrue(uses >= 12, text);
        assertFalse(text.contains("Null0"), "a discard route for each shard keeps FRR busy for minutes");
    }

    @Test
    void frrAddsBeforeItWithdraws() {
        RoutePlan before = plan();
        RoutePlan after = before.announcing(
                List.of(new Announcement(Prefix.parse("10.64.16.0/21"), RouteClass.LIVE, LIVE.withMed(51))));
        List<String> lines = new FrrDialect().changes(before, after).lines().toList();
        String set = lines.stream()
                .filter(each -> each.startsWith("route-map "))
                .findFirst()
                .orElseThrow();
        String name = set.substring("route-map ".length(), set.length() - " permit 10".length());
        int added = lines.indexOf("  network 10.64.16.0/21 route-map " + name);
        int withdrawn = lines.stream()
                .map(String::strip)
                .toList()
                .indexOf("no network 10.64.16.0/20 route-map FS-" + AttributeNames.of(LIVE));
        assertTrue(lines.indexOf(set) < added && added < withdrawn, lines::toString);
        assertThrows(
                IllegalArgumentException.class,
                () -> new FrrDialect()
                        .changes(
                                before,
                                new RoutePlan(
                                        64514, before.routerId(), before.neighbours(), List.of(), before.owned())));
    }

    /** Names that files have for other things. */
    private static RoutePlan planWithConfusingNames() {
        List<String> names = List.of(
                "device",
                "kernel4",
                "static4",
                "to4",
                "from4_b",
                "b",
                "FS-OUT",
                "OWN4",
                "b-1",
                "bgp_b",
                "abcdef012345");
        List<Neighbour> neighbours = new ArrayList<>();
        for (String name : names) {
            Prefix address = Prefix.parse("192.0.2." + (10 + neighbours.size()));
            neighbours.add(Neighbour.of(name, address, 64513)
                    .accepting(ImportRule.of(new PrefixRange(Prefix.parse("10.65.0.0/16"), 24))));
        }
        return new RoutePlan(
                64512, plan().routerId(), neighbours, plan().announcements(AddressFamily.IPV4), plan().owned());
    }

    @Test
    void theCheckerOfFrrTakesTheFile(@TempDir Path directory) throws IOException {
        assumeTrue(
                Commands.find("vtysh").isPresent(), "skipped: no vtysh (expected: scripts/install-address-peers.sh)");
        Path file = Files.writeString(
                directory.resolve("frr.conf"), new FrrDialect().render(plan()).text());
        assertEquals("", Commands.run("vtysh", "-C", "-f", file.toString()));
        Files.writeString(
                file, new FrrDialect().render(planWithConfusingNames()).text());
        assertEquals("", Commands.run("vtysh", "-C", "-f", file.toString()));
        Files.writeString(file, "router bogus 1\n");
        assertThrows(IOException.class, () -> Commands.run("vtysh", "-C", "-f", file.toString()));
    }

    @Test
    void theCheckerOfBirdTakesTheFile(@TempDir Path directory) throws IOException {
        assumeTrue(Commands.find("bird").isPresent(), "skipped: no bird (expected: scripts/install-address-peers.sh)");
        String bird = Commands.find("bird").orElseThrow().toString();
        Path file = Files.writeString(
                directory.resolve("bird.conf"), new BirdDialect().render(plan()).text());
        assertEquals("", Commands.run(bird, "-p", "-c", file.toString()));
        Files.writeString(
                file, new BirdDialect().render(planWithConfusingNames()).text());
        assertEquals("", Commands.run(bird, "-p", "-c", file.toString()));
        Files.writeString(file, new BirdDialect().render(plan()).text().replace("fs_to4' {", "fs_to5' {"));
        assertThrows(IOException.class, () -> Commands.run(bird, "-p", "-c", file.toString()));
    }
}
