package io.foreshard.examples.sendfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.examples.harness.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final Transcript said = new Transcript();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return new Main().run(said.outStream(), said.errStream(), arguments);
    }

    @Tag("sockets")
    @Test
    void sendsAFileAndWritesTheReport() throws IOException {
        byte[] content = new byte[3 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file.bin"), content);
        Path report = folder.resolve("reports").resolve("report.html");
        int exit = run(file.toString(), "--policy", "FIXED,THRESHOLD_SMALL,PREDICTIVE", "--report", report.toString());
        assertEquals(0, exit, () -> said.out() + said.err());
        assertTrue(said.out().contains("SHA-256 verified"), said::out);
        assertTrue(said.out().contains("threshold, 1 KB"), said::out);
        String page = Files.readString(report);
        assertTrue(page.contains("<svg") && page.contains("Completion over time"));
        assertTrue(page.contains("Error of the forecasts, and the gate"), "the gate of the predictive row");
        assertTrue(said.out().contains("Gate, predictive: shut: learning"), said::out);
        assertTrue(said.out().contains("Gate, fixed, path size: held shut"), said::out);
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--rate", "0"));
        assertEquals(
                "send-file: --rate: 0.0 (expected: 1…10000) (see --help)",
                said.err().strip());
    }

    @Test
    void saysInOneLineThatTheFileIsMissing() {
        Path missing = folder.resolve("missing");
        assertEquals(2, run(missing.toString()));
        assertEquals(
                "send-file: FILE: " + missing + " (expected: a readable file) (see --help)",
                said.err().strip());
    }

    @Test
    void saysInOneLineThatAnOptionIsUnknown() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(1, said.err().strip().lines().count(), said::err);
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        for (String option : new String[] {
            "--rate", "--congested", "--period", "--delay", "--loss", "--message", "--policy", "--seed"
        }) {
            assertTrue(said.out().contains(option), said::out);
        }
    }
}
