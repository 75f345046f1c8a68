package io.foreshard.examples.bonded;

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
    void downloadsOverThreeRelaysAndWritesTheReport() throws IOException {
        byte[] content = new byte[5 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file.bin"), content);
        Path report = folder.resolve("reports").resolve("report.html");
        int exit = run("--file", file.toString(), "--rate", "12", "--no-namespaces", "--report", report.toString());
        assertEquals(0, exit, () -> said.out() + said.err());
        assertTrue(said.out().contains("SHA-256 verified"), said::out);
        assertTrue(said.err().contains("relay-1 is killed"), said::err);
        assertTrue(said.err().contains("relay-2 passes a quarter"), said::err);
        assertTrue(said.err().contains("relay-1 is back"), said::err);
        String page = Files.readString(report);
        assertTrue(page.contains("<svg") && page.contains("Throughput of each relay"), "no plot");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--rate", "0"));
        assertEquals(
                "bonded-proxy: --rate: 0.0 (expected: 1…1000) (see --help)",
                said.err().strip());
    }

    @Test
    void saysInOneLineThatTheFileIsMissing() {
        Path missing = folder.resolve("missing");
        assertEquals(2, run("--file", missing.toString()));
        assertEquals(
                "bonded-proxy: --file: " + missing + " (expected: a readable file) (see --help)",
                said.err().strip());
    }
}
