package io.foreshard.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs that the README and the pages show compile and do what they say, on the class path and on the module path. */
@Tag("build")
class ReadmeProgramTest {

    private static final long TIMEOUT_SECONDS = 60;

    /** A page with a program: its class, the module that it needs, a line that it prints. */
    private enum Page {
        README("README.md", "Hello", "io.foreshard.transport", "Hello, ahead of congestion"),
        FORECASTING("docs/forecasting.md", "Tomorrow", "io.foreshard.forecast", "in 12 hours: "),
        FLOW_SHARDER("docs/flow-sharder.md", "Bonded", "io.foreshard.flowsharder", "Hello, over three relays");

        private final String file;
        private final String className;
        private final String module;
        private final String printed;

        Page(String file, String className, String module, String printed) {
            this.file = file;
            this.className = className;
            this.module = module;
            this.printed = printed;
        }

        String program() throws IOException {
            String text = Files.readString(SourceTree.here().root().resolve(file));
            int start = text.indexOf("```java\n") + "```java\n".length();
            return text.substring(start, text.indexOf("```", start));
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void runsOnTheClassPath(Page page) throws Exception {
        String path = PublishedModule.classPath().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path source = Files.writeString(folder.resolve(page.className + ".java"), page.program());
        compile("-cp", path, source.toString());
        String output = run("-cp", path + File.pathSeparator + folder, page.className);
        assertTrue(output.contains(page.printed), output);
    }

    @ParameterizedTest
    @EnumSource
    void runsOnTheModulePath(Page page) throws Exception {
        List<Path> candidates = PublishedModule.classPath().toList();
        String path = ModularProgram.needed(Set.of(page.module), candidates);
        Path declaration = Files.writeString(
                folder.resolve("module-info.java"), "module stranger { requires " + page.module + "; }");
        Path source =
                Files.writeString(folder.resolve(page.className + ".java"), "package stranger;\n" + page.program());
        String annotations = ModularProgram.needed(Set.of("org.jspecify"), candidates);
        compile("-p", path + File.pathSeparator + annotations, declaration.toString(), source.toString());
        String output = run("-p", path + File.pathSeparator + folder, "-m", "stranger/stranger." + page.className);
        assertTrue(output.contains(page.printed), output);
    }

    private void compile(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-d", folder.toString()));
        all.addAll(List.of(arguments));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, all.toArray(String[]::new));
        assertEquals(0, failed, "The page's program does not compile");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertTrue(ended && process.exitValue() == 0, text);
        return text;
    }
}
