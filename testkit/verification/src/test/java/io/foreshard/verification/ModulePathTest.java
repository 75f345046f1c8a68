package io.foreshard.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathTest {

    private final List<PublishedModule> modules = PublishedModule.onClassPath();

    private final SourceTree tree = SourceTree.here();

    @Test
    void theBillOfMaterialsListsWhatIsPublished() {
        assertEquals(tree.published(), tree.listedInBom());
    }

    @Test
    void everyPublishedModuleIsLookedAt() {
        Set<String> names = modules.stream().map(PublishedModule::name).collect(Collectors.toSet());
        assertEquals(tree.publishedModules(), names);
    }

    @Test
    void everyModuleShowsItsPublicPackagesOnly() {
        List<String> wrong = modules.stream()
                .flatMap(module -> ModuleFace.wrongIn(module.descriptor()).stream())
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void noPackageIsSplit() {
        Map<String, Set<String>> packages =
                modules.stream().collect(Collectors.toMap(PublishedModule::name, PublishedModule::packages));
        assertEquals(List.of(), ModuleFace.splitPackages(packages));
    }

    @Test
    void serviceFilesSayWhatTheModulesSay() {
        List<String> unequal = modules.stream()
                .flatMap(module ->
                        ModuleFace.unequalServices(module.name(), module.provides(), module.serviceFiles()).stream())
                .toList();
        assertEquals(List.of(), unequal);
    }

    @Test
    void aStrangersProgramStartsFromTheModulePath(@TempDir Path folder) throws Exception {
        Set<String> names = modules.stream().map(PublishedModule::name).collect(Collectors.toSet());
        List<Path> classPath = PublishedModule.classPath().toList();

        List<String> printed = ModularProgram.compile(folder, names, classPath).run();

        Set<String> started = printed.stream()
                .filter(line -> line.startsWith("module "))
                .map(line -> line.substring("module ".length()))
                .collect(Collectors.toSet());
        assertEquals(names, started, () -> "printed " + printed);
        assertEquals(
                List.of("provider automatic", "provider damped-trend", "provider online"),
                linesNotAboutModules(printed));
    }

    private static List<String> linesNotAboutModules(List<String> printed) {
        return printed.stream().filter(line -> !line.startsWith("module ")).toList();
    }
}
