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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that the README shows compiles and sends its message, on the class path and on the module path. */
class ReadmeProgramTest {

    private static final long TIMEOUT_SECONDS = 60;
    private static final String GREETING = "Hello, ahead of congestion";

    @TempDir
    Path folder;

    @Test
    void runsOnTheClassPath() throws Exception {
        String path = PublishedModule.classPath().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path source = Files.writeString(folder.resolve("Hello.java"), program());
        compile("-cp", path, source.toString());
        assertTrue(run("-cp", path + File.pathSeparator + folder, "Hello").contains(GREETING));
    }

    @Test
    void runsOnTheModulePath() throws Exception {
        List<Path> candidates = PublishedModule.classPath().toList();
        Set<String> required = Set.of("io.foreshard.transport");
        String path = ModularProgram.needed(required, candidates);
        Path declaration = Files.writeString(
                folder.resolve("module-info.java"), "module stranger { requires io.foreshard.transport; }");
        Path source = Files.writeString(folder.resolve("Hello.java"), "package stranger;\n" + program());
        String annotations = ModularProgram.needed(Set.of("org.jspecify"), candidates);
        compile("-p", path + File.pathSeparator + annotations, declaration.toString(), source.toString());
        assertTrue(run("-p", path + File.pathSeparator + folder, "-m", "stranger/stranger.Hello")
                .contains(GREETING));
    }

    private static String program() throws IOException {
        String page = Files.readString(SourceTree.here().root().resolve("README.md"));
        int start = page.indexOf("```java\n") + "```java\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    private void compile(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-d", folder.toString()));
        all.addAll(List.of(arguments));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, all.toArray(String[]::new));
        assertEquals(0, failed, "The README's program does not compile");
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
