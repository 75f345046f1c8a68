package io.foreshard.examples.stacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.examples.harness.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final Transcript said = new Transcript();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", folder.resolve("out").toString()));
        return new Main(said.errStream()).run(said.outStream(), said.errStream(), all.toArray(String[]::new));
    }

    private void assertWhole(int exit) throws IOException {
        assertEquals(0, exit, () -> said.out() + said.err());
        String text = said.out();
        assertTrue(text.matches("(?s).*unanswered +0 +0 +0\\n.*wrong answers +0 +0 +0\\n.*"), text);
        assertTrue(text.contains(" won: ") || text.contains(" let fewest wait, "), text);
        assertTrue(said.err().contains("reactive "), said::err);
        String page = Files.readString(folder.resolve("out").resolve("report.html"));
        for (String plot : List.of("Stacks needed for DNS", "Stacks, predictive", "Memory-time so far")) {
            assertTrue(page.contains(plot), plot);
        }
    }

    @Test
    void replaysMadeUpMessagesInThisProcessWhereNoneAreRecordedAndWritesTheReport() throws IOException {
        String data = folder.toString();
        assertWhole(run("--data", data, "--in-process", "--days", "1", "--learn", "10", "--speed", "50"));
        assertTrue(said.err().startsWith("protocol-stacks: no messages of [DNS, BGP] in "), said::err);
        assertTrue(said.err().contains("--in-process was given"), said::err);
    }

    @Test
    @Tag("live")
    void replaysMessagesAgainstContainersAndLeavesNothingBehind() throws IOException {
        Containers.obstacle().ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle));
        String images = Path.of("target", "stack-images").toAbsolutePath().toString();
        assertWhole(run("--made-up", "--days", "1", "--learn", "10", "--speed", "50", "--images", images));
        assertTrue(said.err().contains("Stacks run in containers of runc"), said::err);
        Path state =
                Containers.STATES.resolve(Long.toString(ProcessHandle.current().pid()));
        assertFalse(Files.exists(state), state + " is left");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--speed", "0"));
        assertEquals(
                "protocol-stacks: --speed: 0 (expected: 1…50) (see --help)",
                said.err().strip());
    }

    @Test
    void saysInOneLineThatACaptureIsDamaged() throws IOException {
        Path captures = Files.createDirectories(folder.resolve("flows").resolve("pcap"));
        Files.writeString(captures.resolve("broken.pcap"), "no capture at all, but some text");
        assertEquals(1, run("--data", folder.toString()));
        assertTrue(
                said.err().contains("broken.pcap: not a capture (expected: pcap or pcapng)")
                        && said.err().lines().count() == 1,
                said::err);
    }
}
