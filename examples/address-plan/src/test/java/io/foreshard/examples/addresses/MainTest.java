package io.foreshard.examples.addresses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void replaysChurnThatWasMadeUpAndWritesTheReportAndTheFilesOfRouters() throws IOException {
        Path target = folder.resolve("new").resolve("folder");
        int exit = run("--made-up", "--days", "0.1", "--learn", "0.2", "--no-live", "--out", target.toString());
        assertEquals(0, exit, () -> text(out) + text(err));
        String said = text(out);
        assertTrue(said.contains("No address was given twice, and what was recovered is what was held."), said);
        assertTrue(said.matches("(?s).*hit rate % +\\d+\\.\\d\\d +\\d+\\.\\d\\d\\n.*"), said);
        assertTrue(said.contains("--no-live was given"), said);
        assertTrue(text(err).contains("replay of both  100 %"), () -> text(err));
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
        Replay.Result result = new Replay(new Settings(churn, 60_000), print(err)).run(folder);
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
                text(err).strip());
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
        assertEquals(0, exit, () -> text(out) + text(err));
        assertTrue(
                text(err).contains("address-plan: no churn in " + missing.resolve("churn") + "; it is made up instead"),
                () -> text(err));
    }

    @Test
    void saysInOneLineThatAFileOfTheRecordIsDamaged() throws IOException {
        Path churn = Files.createDirectories(folder.resolve("churn"));
        Files.writeString(churn.resolve("vm_arrivals_5min.csv.gz"), "no");
        Files.writeString(churn.resolve("vm_lifetimes.csv.gz"), "no");
        assertEquals(1, run("--data", folder.toString(), "--out", folder.toString()));
        assertTrue(text(err).startsWith("address-plan: ") && text(err).lines().count() == 1, () -> text(err));
    }
}
