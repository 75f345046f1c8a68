package io.foreshard.verification;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds exactly the fixtures that break it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("build")
class RulesBiteTest {

    private static final Layout FIXTURES = new Layout("io.foreshard.verification.fixture");

    private final JavaClasses fixtures = new ClassFileImporter().importPackages(FIXTURES.root());

    @Test
    void findsDependenciesThatPointTheWrongWay() {
        assertEquals(
                Set.of(
                        "coreapi.LooksUp",
                        "flowshaper.AsksOtherEngine",
                        "reassembler.AsksTransport",
                        "shardcodec.AsksForecast",
                        "stray.Unlisted"),
                guilty(DependencyDirection.rule(FIXTURES), "[a-z]+\\.[A-Z]\\w+"));
    }

    @Test
    void findsNettyWhereAllEnginesLook() {
        assertEquals(Set.of("runtime.TalksNetty"), guilty(NettyFree.rule(FIXTURES), "[a-z]+\\.[A-Z]\\w+"));
    }

    @Test
    void findsStaticState() {
        assertEquals(
                Set.of("HoldsState.TOTAL", "HoldsState.SEEN", "HoldsState.last"),
                guilty(NoStaticState.rule(), "HoldsState\\.\\w+"));
    }

    @Test
    void findsClocks() {
        Set<String> dice = Set.of(FIXTURES.root() + ".transport.ThrowsDice");
        assertEquals(
                Set.of(
                        "System.nanoTime()",
                        "System.currentTimeMillis()",
                        "Instant.now()",
                        "LocalDate.now(java.time.ZoneId)"),
                guilty(HandedInTimeAndChance.rule(dice), "(?<=java\\.(lang|time)\\.)[A-Z]\\w+\\.\\w+\\([\\w.]*\\)"));
    }

    @Test
    void findsRandomnessWithoutASeedAlsoInNestedClasses() {
        Set<String> clock = Set.of(FIXTURES.root() + ".transport.ReadsClock");
        assertEquals(
                Set.of("unseeded", "local", "math", "uuid", "secure"),
                guilty(HandedInTimeAndChance.rule(clock), "(?<=ThrowsDice\\.|Inner\\.)[a-z]\\w+"));
    }

    @Test
    void leavesNamedAdaptersAlone() {
        Set<String> both = Set.of(FIXTURES.root() + ".transport.ReadsClock", FIXTURES.root() + ".transport.ThrowsDice");
        assertEquals(Set.of(), guilty(HandedInTimeAndChance.rule(both), ".+"));
    }

    @Test
    void findsSplitPackages() {
        assertEquals(
                List.of("a.b is split over [one, two]"),
                ModuleFace.splitPackages(Map.of("one", Set.of("a.b", "a.c"), "two", Set.of("a.b", "a.d"))));
    }

    @Test
    void findsServiceFilesThatDiffer() {
        Map<String, List<String>> declared =
                Map.of("Same", List.of("A"), "Other", List.of("A", "B"), "Bare", List.of("A"));
        Map<String, List<String>> files = Map.of("Same", List.of("A"), "Other", List.of("B"), "Extra", List.of("A"));
        assertEquals(
                List.of(
                        "m provides Bare with [A] by its module-info and with null by its service file",
                        "m provides Extra with null by its module-info and with [A] by its service file",
                        "m provides Other with [A, B] by its module-info and with [B] by its service file"),
                ModuleFace.unequalServices("m", declared, files));
    }

    @Test
    void findsModulesThatShowTooMuch() {
        ModuleDescriptor internal = ModuleDescriptor.newModule("io.foreshard.a")
                .exports("io.foreshard.a.internal")
                .exports("io.foreshard.a.spi")
                .exports(Set.of(), "io.foreshard.a.friends", Set.of("org.other"))
                .build();
        assertEquals(
                List.of(
                        "io.foreshard.a exports io.foreshard.a.friends",
                        "io.foreshard.a exports io.foreshard.a.internal"),
                ModuleFace.wrongIn(internal).stream().sorted().toList());
    }

    @Test
    void findsMachineryThatIsShownToAll() {
        ModuleDescriptor runtime = ModuleDescriptor.newModule("io.foreshard.runtime")
                .exports("io.foreshard.runtime")
                .build();
        assertEquals(List.of("io.foreshard.runtime exports io.foreshard.runtime"), ModuleFace.wrongIn(runtime));
    }

    @Test
    void findsOpenedPackages() {
        ModuleDescriptor opening = ModuleDescriptor.newModule("io.foreshard.a")
                .opens("io.foreshard.a")
                .build();
        assertEquals(List.of("io.foreshard.a opens packages (expected: none)"), ModuleFace.wrongIn(opening));
    }

    @Test
    void findsModulesWithoutADeclaration() {
        ModuleDescriptor automatic =
                ModuleDescriptor.newAutomaticModule("io.foreshard.a").build();
        assertEquals(List.of("io.foreshard.a is automatic (expected: a module-info)"), ModuleFace.wrongIn(automatic));
    }

    @Test
    void readsFromTheBuildFilesWhatIsPublished(@TempDir Path root) throws IOException {
        writePom(root, "<module>bom</module>\n<module>a-b</module>\n<module>c</module>\n<module>d</module>");
        writePom(root.resolve("bom"), "<artifactId>foreshard-bom</artifactId>\n<artifactId>foreshard-d</artifactId>");
        writePom(root.resolve("a-b"), "<artifactId>foreshard-a-b</artifactId>");
        writePom(root.resolve("c"), "<artifactId>foreshard-c</artifactId><maven.deploy.skip>true</maven.deploy.skip>");
        writePom(root.resolve("d"), "<artifactId>foreshard-d</artifactId>");
        Files.createDirectories(root.resolve("a-b/src/main/java"));

        SourceTree tree = new SourceTree(root);

        assertEquals(Set.of("foreshard-a-b", "foreshard-d"), tree.published());
        assertEquals(Set.of("foreshard-d"), tree.listedInBom());
        assertEquals(Set.of("io.foreshard.ab"), tree.publishedModules());
    }

    @Test
    void seesAProgramThatDoesNotStart(@TempDir Path folder) throws IOException {
        List<Path> classPath = PublishedModule.classPath().toList();
        ModularProgram program = ModularProgram.compile(folder, Set.of("io.foreshard.forecast"), classPath);

        IOException failure = assertThrows(IOException.class, () -> program.runWithout("forecast"));

        assertTrue(failure.getMessage().contains("Module io.foreshard.forecast not found"), failure::getMessage);
    }

    private static void writePom(Path folder, String rest) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("pom.xml"), "<artifactId>foreshard-parent</artifactId>\n" + rest);
    }

    private Set<String> guilty(ArchRule rule, String pattern) {
        Pattern name = Pattern.compile(pattern);
        return rule.evaluate(fixtures).getFailureReport().getDetails().stream()
                .map(detail -> detail.replace(FIXTURES.root() + ".", ""))
                .map(name::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .collect(toCollection(TreeSet::new));
    }
}
