package io.foreshard.examples.sendfile;

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
    void sendsAFileAndWritesTheReport() throws IOException {
        byte[] content = new byte[3 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file.bin"), content);
        Path report = folder.resolve("reports").resolve("report.html");
        int exit = run(file.toString(), "--policy", "FIXED,THRESHOLD_SMALL,PREDICTIVE", "--report", report.toString());
        assertEquals(0, exit, () -> text(out) + text(err));
        assertTrue(text(out).contains("SHA-256 verified"), () -> text(out));
        assertTrue(text(out).contains("threshold, 1 KB"), () -> text(out));
        String page = Files.readString(report);
        assertTrue(page.contains("<svg") && page.contains("Completion over time"));
        assertTrue(page.contains("Error of the forecasts, and the gate"), "the gate of the predictive row");
        assertTrue(text(out).contains("Gate, predictive: shut: learning"), () -> text(out));
        assertTrue(text(out).contains("Gate, fixed, path size: held shut"), () -> text(out));
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--rate", "0"));
        assertEquals(
                "send-file: --rate: 0.0 (expected: 1…10000) (see --help)",
                text(err).strip());
    }

    @Test
    void saysInOneLineThatTheFileIsMissing() {
        Path missing = folder.resolve("missing");
        assertEquals(2, run(missing.toString()));
        assertEquals(
                "send-file: FILE: " + missing + " (expected: a readable file) (see --help)",
                text(err).strip());
    }

    @Test
    void saysInOneLineThatAnOptionIsUnknown() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(1, text(err).strip().lines().count(), () -> text(err));
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        for (String option : new String[] {
            "--rate", "--congested", "--period", "--delay", "--loss", "--message", "--policy", "--seed"
        }) {
            assertTrue(text(out).contains(option), () -> text(out));
        }
    }
}
