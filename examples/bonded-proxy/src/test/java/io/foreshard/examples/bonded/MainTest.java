package io.foreshard.examples.bonded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return Main.run(print(out), print(err), arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream of) {
        return of.toString(StandardCharsets.UTF_8);
    }

    @Test
    void downloadsOverThreeRelaysAndWritesTheReport() throws IOException {
        byte[] content = new byte[5 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file.bin"), content);
        Path report = folder.resolve("reports").resolve("report.html");
        int exit = run("--file", file.toString(), "--rate", "12", "--no-namespaces", "--report", report.toString());
        assertEquals(0, exit, () -> text(out) + text(err));
        assertTrue(text(out).contains("SHA-256 verified"), () -> text(out));
        assertTrue(text(err).contains("relay-1 is killed"), () -> text(err));
        assertTrue(text(err).contains("relay-2 passes a quarter"), () -> text(err));
        assertTrue(text(err).contains("relay-1 is back"), () -> text(err));
        String page = Files.readString(report);
        assertTrue(page.contains("<svg") && page.contains("Throughput of each relay"), "no plot");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--rate", "0"));
        assertEquals(
                "bonded-proxy: --rate: 0.0 (expected: 1…1000) (see --help)",
                text(err).strip());
    }

    @Test
    void saysInOneLineThatTheFileIsMissing() {
        Path missing = folder.resolve("missing");
        assertEquals(2, run("--file", missing.toString()));
        assertEquals(
                "bonded-proxy: --file: " + missing + " (expected: a readable file) (see --help)",
                text(err).strip());
    }
}
