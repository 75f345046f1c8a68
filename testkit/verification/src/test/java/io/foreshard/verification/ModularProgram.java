package io.foreshard.verification;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A stranger's modular program that requires modules by name: compiled and started in a JVM of its own, with no other flag. */
final class ModularProgram {

    private static final long TIMEOUT_SECONDS = 60;

    private static final String MAIN = """
            package stranger;

            import io.foreshard.coreapi.Provider;
            import java.util.ServiceLoader;

            public final class Main {
                public static void main(String[] args) {
                    ModuleLayer.boot().modules().stream()
                            .filter(module -> module.getName().startsWith("io.foreshard."))
                            .forEach(module -> System.out.println("module " + module.getName()));
                    for (Provider<?> provider : ServiceLoader.load(Provider.class)) {
                        System.out.println("provider " + provider.name());
                    }
                }
            }
            """;

    private final Path folder;
    private final String modulePath;

    private ModularProgram(Path folder, String modulePath) {
        this.folder = folder;
        this.modulePath = modulePath;
    }

    /**
     * Compiles the program.
     *
     * @param folder an empty folder for sources and classes
     * @param required the modules that it requires
     * @param candidates where to look for these and their dependencies; only what they need comes on the module path, and
     *     for the compiler the annotations, ours and JUnit's
     */
    static ModularProgram compile(Path folder, Set<String> required, List<Path> candidates) throws IOException {
        String requires = required.stream()
                .sorted()
                .map(name -> "    requires " + name + ";\n")
                .collect(Collectors.joining());
        Path declaration = folder.resolve("module-info.java");
        Path main = Files.createDirectories(folder.resolve("stranger")).resolve("Main.java");
        Files.writeString(
                declaration, "module stranger {\n" + requires + "    uses io.foreshard.coreapi.Provider;\n}\n");
        Files.writeString(main, MAIN);
        String modulePath = needed(required, candidates);
        String compilePath =
                modulePath + File.pathSeparator + needed(Set.of("org.jspecify", "org.apiguardian.api"), candidates);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        compilePath,
                        "-d",
                        folder.toString(),
                        declaration.toString(),
                        main.toString());
        if (failed != 0) {
            throw new AssertionError("The program does not compile on the module path " + compilePath);
        }
        return new ModularProgram(folder, modulePath);
    }

    /** Returns the module path of what some modules need. */
    static String needed(Set<String> required, List<Path> candidates) {
        ModuleFinder finder = ModuleFinder.of(candidates.toArray(Path[]::new));
        return Configuration.empty().resolve(finder, ModuleFinder.ofSystem(), required).modules().stream()
                .flatMap(module -> module.reference().location().stream())
                .filter(location -> location.getScheme().equals("file"))
                .map(location -> Path.of(location).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs the program and returns what it printed, line by line; throws when it fails. */
    List<String> run() throws IOException, InterruptedException {
        return run(modulePath);
    }

    /** As {@link #run()}, on a module path that lacks the entries with a name that contains a text. */
    List<String> runWithout(String text) throws IOException, InterruptedException {
        return run(Stream.of(modulePath.split(File.pathSeparator))
                .filter(entry -> !entry.contains(text))
                .collect(Collectors.joining(File.pathSeparator)));
    }

    private List<String> run(String path) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-p", path + File.pathSeparator + folder, "-m", "stranger/stranger.Main"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
            throw new IOException("The program ended with an error: " + lines);
        }
        return lines;
    }
}
