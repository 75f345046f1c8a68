package io.foreshard.verification;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of Foreshard's modules on the class path, as a folder of classes or as a jar.
 *
 * @param location where it is
 * @param reference what a module path finds there
 */
record PublishedModule(Path location, ModuleReference reference) {

    private static final String SERVICES = "META-INF/services/";

    /** Returns Foreshard's modules that have any class, in the order of the class path. */
    static List<PublishedModule> onClassPath() {
        return classPath()
                .filter(PublishedModule::isOurs)
                .map(location -> new PublishedModule(location, only(location)))
                .toList();
    }

    static Stream<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .filter(location -> !location.endsWith("test-classes"));
    }

    ModuleDescriptor descriptor() {
        return reference.descriptor();
    }

    String name() {
        return descriptor().name();
    }

    /** Returns the packages that hold a class. */
    Set<String> packages() {
        return files().stream()
                .filter(file -> file.endsWith(".class") && file.contains("/"))
                .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the providers that the module declares, by service. */
    Map<String, List<String>> provides() {
        Map<String, List<String>> providers = new TreeMap<>();
        descriptor().provides().forEach(provides -> providers.put(provides.service(), provides.providers()));
        return providers;
    }

    /** Returns the providers that the files for the class path name, by service. */
    Map<String, List<String>> serviceFiles() {
        Map<String, List<String>> providers = new TreeMap<>();
        files().stream()
                .filter(file -> file.startsWith(SERVICES) && !file.endsWith("/"))
                .forEach(file -> providers.put(file.substring(SERVICES.length()), lines(file)));
        return providers;
    }

    private List<String> lines(String file) {
        try (ModuleReader reader = reference.open()) {
            String text = StandardCharsets.UTF_8
                    .decode(reader.read(file).orElseThrow())
                    .toString();
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() {
        try (ModuleReader reader = reference.open();
                Stream<String> files = reader.list()) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path location) {
        return Files.isDirectory(location)
                ? Files.isDirectory(location.resolve("io/foreshard"))
                : location.getFileName().toString().startsWith("foreshard-")
                        && !only(location).descriptor().packages().isEmpty();
    }

    private static ModuleReference only(Path location) {
        return ModuleFinder.of(location).findAll().stream()
                .findAny()
                .orElseThrow(() -> new AssertionError(location + ": no module-info.class (expected: one per module)"));
    }
}
