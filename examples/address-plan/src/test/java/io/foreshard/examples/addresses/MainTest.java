package io.foreshard.examples.addresses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.examples.harness.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final Transcript said = new Transcript();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return new Main(said.errStream()).run(said.outStream(), said.errStream(), arguments);
    }

    @Test
    void replaysChurnThatWasMadeUpAndWritesTheReportAndTheFilesOfRouters() throws IOException {
        Path target = folder.resolve("new").resolve("folder");
        int exit = run("--made-up", "--days", "0.1", "--learn", "0.2", "--no-live", "--out", target.toString());
        assertEquals(0, exit, () -> said.out() + said.err());
        String text = said.out();
        assertTrue(text.contains("No address was given twice, and what was recovered is what was held."), text);
        assertTrue(text.matches("(?s).*hit rate % +\\d+\\.\\d\\d +\\d+\\.\\d\\d\\n.*"), text);
        assertTrue(text.contains("--no-live was given"), text);
        assertTrue(said.err().contains("replay of both  100 %"), said::err);
        String page = Files.readString(target.resolve("report.html"));
        assertTrue(page.contains("<svg") && page.contains("Units of 10.64.0.0/12"), "no plot");
        String frr = Files.readString(target.resolve("frr.conf"));
        assertTrue(frr.contains("network 10.64.") && frr.contains("2001:db8:64:"), frr);
        String bird = Files.readString(target.resolve("bird.conf"));
        assertTrue(bird.contains("route 10.64.") && bird.contains("2001:db8:64:"), bird);
    }

    @Test
    void bothEnginesGiveOutTheSameAddressesToNobodyTwiceAndFindAllAgain() throws IOException, InterruptedException {
        long seed = 42;
        Churn churn = GeneratedChurn.make(Churn.DAY_MILLIS / 12, 0, seed);
        assertFalse(churn.machines().isEmpty(), "no machines, seed " + seed);
        Replay.Result result = new Replay(new Settings(churn, 60_000), said.errStream()).run(folder);
        for (Outcome outcome : result.both()) {
            String who = outcome.name() + ", seed " + seed;
            assertEquals(0, outcome.duplicates(), who);
            assertTrue(outcome.recovery().isEqual(), who + ": " + outcome.recovery());
            assertEquals(churn.steps(), outcome.samples().size(), who);
            assertEquals(
                    churn.machines().size(),
                    outcome.last().hits() + outcome.last().misses(),
                    who);
            assertEquals(0, outcome.refused(), who);
            assertEquals(
                    churn.machines().stream()
                            .filter(each -> each.endMillis() > churn.toMillis())
                            .count(),
                    outcome.recovery().addresses() - outcome.last().backlog(),
                    who);
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--days", "0"));
        assertEquals(
                "address-plan: --days: 0.0 (expected: 0.05…3.4) (see --help)",
                said.err().strip());
    }

    @Test
    void saysAtOnceThatTheFolderOfTheReportCannotBeWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertEquals(2, run("--out", file.toString()));
        assertEquals(
                "address-plan: --out: " + file + " (expected: a folder that can be written to) (see --help)",
                said.err().strip());
    }

    @Test
    void saysInOneLineThatAnOptionIsUnknown() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(1, said.err().strip().lines().count(), said::err);
    }

    @Test
    void saysThatChurnIsMadeUpWhereNoneIsRecorded() {
        Path missing = folder.resolve("missing");
        int exit = run(
                "--data",
                missing.toString(),
                "--days",
                "0.05",
                "--learn",
                "0",
                "--no-live",
                "--out",
                folder.toString());
        assertEquals(0, exit, () -> said.out() + said.err());
        assertTrue(
                said.err()
                        .contains("address-plan: no churn in " + missing.resolve("churn") + "; it is made up instead"),
                said::err);
    }

    @Test
    void saysInOneLineThatAFileOfTheRecordIsDamaged() throws IOException {
        Path churn = Files.createDirectories(folder.resolve("churn"));
        Files.writeString(churn.resolve("vm_arrivals_5min.csv.gz"), "no");
        Files.writeString(churn.resolve("vm_lifetimes.csv.gz"), "no");
        assertEquals(1, run("--data", folder.toString(), "--out", folder.toString()));
        assertTrue(said.err().startsWith("address-plan: ") && said.err().lines().count() == 1, said::err);
    }
}
