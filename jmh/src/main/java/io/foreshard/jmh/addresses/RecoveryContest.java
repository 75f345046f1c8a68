package io.foreshard.jmh.addresses;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How long a store with a million allocations takes to open, in a Java machine that has just begun: from the journal alone, and from a
 * snapshot and the journal behind it. The files are likely in the memory of the system.
 */
public final class RecoveryContest implements Contest {

    private static final String NAME = "recovery";
    private static final Target SECONDS = Target.atMost(2);
    private static final int ALLOCATIONS = 1_000_000;
    private static final long NO_SNAPSHOT = 1L << 40;
    private static final long SOME_SNAPSHOTS = 16 << 20;
    private static final int ROUNDS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Makes the contest. */
    public RecoveryContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        WorstFirst.of(
                        NAME,
                        Stream.of(
                                figure(settings, "journal", NO_SNAPSHOT),
                                figure(settings, "snapshot-and-journal", SOME_SNAPSHOTS)))
                .forEach(figures);
    }

    private static Figure figure(ComparisonSettings settings, String condition, long journalBytes)
            throws IOException, InterruptedException {
        String name = NAME + "/" + condition;
        Path folder = Files.createTempDirectory(settings.work(), NAME);
        Path store = folder.resolve("store");
        Path result = folder.resolve("result");
        double[] seconds = new double[ROUNDS];
        double bytes = Double.NaN;
        try {
            Contestant.java(RecoveryRun.class).run(LIMIT, "fill", store, ALLOCATIONS, journalBytes);
            for (int round = 0; round < ROUNDS; round++) {
                Contestant.java(RecoveryRun.class).run(LIMIT, "open", store, ALLOCATIONS, NO_SNAPSHOT, result);
                String[] values = Files.readString(result).split(" ", -1);
                seconds[round] = Double.parseDouble(values[0]) / 1e3;
                bytes = Double.parseDouble(values[1]) / ALLOCATIONS;
                settings.say(String.format("%s: %.3f s", name, seconds[round]));
            }
        } catch (ContestantException e) {
            settings.say(name + ": " + e.reason());
            return Figure.open(name, "s", SECONDS, Peer.skipped("foreshard", e.reason()));
        } finally {
            Folders.delete(folder);
        }
        Arrays.sort(seconds);
        return new Figure(
                name,
                seconds[ROUNDS / 2],
                "s",
                SECONDS,
                List.of(Peer.of("worst-round", seconds[ROUNDS - 1]), Peer.of("bytes-per-allocation", bytes)));
    }
}
