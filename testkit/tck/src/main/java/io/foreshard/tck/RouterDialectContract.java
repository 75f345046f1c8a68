package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What address sharding relies on in a {@link RouterDialect}. A test class implements {@link #dialect()} and {@link #definitions()} and
 * inherits the tests. The plans are the same in every run; prefixes are looked for as {@code address/length}.
 */
public interface RouterDialectContract {

    /** How many threads ask the same instance at once. */
    int THREADS = 4;

    /**
     * Returns the language under test; called once per test.
     *
     * @return a new one
     */
    RouterDialect dialect();

    /**
     * Returns how a file gives a name to something: a filter, a policy, a list.
     *
     * @return found in each line where that happens; the name is what its first group takes
     */
    Pattern definitions();

    /** A plan always gives the same file, whoever asks. */
    @Test
    default void writesTheSameWheneverItIsAsked() throws InterruptedException {
        RouterDialect dialect = dialect();
        List<RoutePlan> plans = RoutePlans.random(1, 50);
        List<RouterConfiguration> alone = plans.stream().map(dialect::render).toList();
        assertEquals(alone, plans.stream().map(dialect()::render).toList());
        for (List<RouterConfiguration> together : ParallelCalls.onThreads(
                THREADS, () -> plans.stream().map(dialect::render).toList())) {
            assertEquals(alone, together);
        }
    }

    /** A file is lines of printable ASCII that each end, whatever the plan. */
    @Test
    default void writesPlainLines() {
        RouterDialect dialect = dialect();
        assertFalse(dialect.name().isBlank());
        for (RoutePlan plan : RoutePlans.random(2, 50)) {
            RouterConfiguration file = dialect.render(plan);
            assertTrue(file.text().matches("(?:[ -~]*\n)+"), file::text);
            file.notes().forEach(note -> assertTrue(note.matches("[ -~]+"), note));
        }
    }

    /** Every announced range stands in the file of each family, and no range that the plan does not have. */
    @Test
    default void namesEveryPrefixOfThePlanAndNoOther() {
        RouterDialect dialect = dialect();
        for (RoutePlan plan : RoutePlans.random(3, 100)) {
            Set<String> found = RoutePlans.prefixesIn(dialect.render(plan).text());
            Set<String> allowed = RoutePlans.prefixesOf(plan);
            for (Announcement each : plan.announcements()) {
                assertTrue(found.contains(each.prefix().toString()), () -> each.prefix() + " is missing of " + plan);
            }
            found.removeAll(allowed);
            assertEquals(Set.of(), found, () -> "more than the plan has: " + plan);
        }
    }

    /** What is withdrawn is gone from the file, also when nothing is left. */
    @Test
    default void forgetsWhatIsWithdrawn() {
        RouterDialect dialect = dialect();
        for (RoutePlan plan : RoutePlans.random(4, 50)) {
            RoutePlan without = plan.announcing(List.of());
            Set<String> found = RoutePlans.prefixesIn(dialect.render(without).text());
            found.removeAll(RoutePlans.prefixesOf(without));
            assertEquals(Set.of(), found, () -> "still there: " + plan);
        }
    }

    /** A plan without neighbours, announcements and pools has a file too. */
    @Test
    default void writesAnEmptyPlan() {
        RoutePlan empty = RoutePlans.empty();
        RouterConfiguration file = dialect().render(empty);
        assertTrue(RoutePlans.prefixesOf(empty).containsAll(RoutePlans.prefixesIn(file.text())), file::text);
    }

    /** What a file defines is told from the objects of others by its name. */
    @Test
    default void definesOnlyObjectsThatAreItsOwn() {
        RouterDialect dialect = dialect();
        Set<String> names = new HashSet<>();
        for (RoutePlan plan : RoutePlans.random(5, 50)) {
            Matcher definition = definitions().matcher(dialect.render(plan).text());
            while (definition.find()) {
                names.add(definition.group(1));
            }
        }
        assertFalse(names.isEmpty(), "nothing is defined (expected: definitions() finds something)");
        names.removeIf(name -> name.toLowerCase(Locale.ROOT).matches("fs([-_].+)?"));
        assertEquals(Set.of(), names, "defined under a name that does not begin with FS-");
    }

    /** A neighbour is called what it is called, whatever that means to a router. */
    @Test
    default void takesNoNameForACommand() {
        RouterDialect dialect = dialect();
        String harmless = "q".repeat(32);
        String expected = dialect.render(RoutePlans.withNeighbour(harmless)).text();
        for (String name : RoutePlans.HOSTILE_NAMES) {
            Optional<RoutePlan> plan = RoutePlans.tryNeighbour(name);
            if (plan.isPresent()) {
                assertEquals(
                        expected.replace(harmless, name),
                        dialect.render(plan.get()).text());
            }
        }
    }

    /** Text that could end a line, a word or a block never comes into a file: no plan takes it, or it is escaped. */
    @Test
    default void nothingIsInjectedByAName() {
        RouterDialect dialect = dialect();
        long lines = dialect.render(RoutePlans.withNeighbour("harmless"))
                .text()
                .lines()
                .count();
        List<String> injected = new ArrayList<>();
        for (String poison : RoutePlans.POISON) {
            String name = "a" + poison + "router bgp 666";
            RoutePlans.tryNeighbour(name)
                    .map(plan -> dialect.render(plan).text())
                    .filter(text -> text.contains(name) || text.lines().count() != lines)
                    .ifPresent(injected::add);
        }
        assertEquals(List.of(), injected);
    }
}
