package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.Processes;
import io.foreshard.jmh.run.StartSignal;
import io.foreshard.jmh.way.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs sender and receiver at the two ends of a way. */
final class MiceRun {

    private static final String PORT = "4100";
    /** Root alone may: what else this machine has to do is not to be measured. */
    private static final List<String> FIRST = List.of("nice", "-n", "-15");

    private static final int FLOWS = 50;
    private static final long REST_MILLIS = 600;
    private static final long GRACE_SECONDS = 10;

    private final Way way;
    private final Path work;

    MiceRun(Way way, Path work) {
        this.way = way;
        this.work = work;
    }

    MiceResult run(boolean shaped, long seed, long warmUpMillis, long countedMillis)
            throws IOException, ContestantException, InterruptedException {
        List<Path> files = List.of(work.resolve("received"), work.resolve("sent"));
        StartSignal.clear(files);
        try (Processes processes = new Processes()) {
            List<Process> both = List.of(
                    processes.start(way.atReceiver(command(MiceReceiver.class, files.get(0))), words("receiver")),
                    processes.start(
                            way.atSender(command(
                                    MiceSender.class, files.get(1), Boolean.toString(shaped), Long.toString(seed))),
                            words("sender")));
            StartSignal.give(files, both, warmUpMillis, countedMillis, REST_MILLIS);
            long seconds = (warmUpMillis + countedMillis) / 1_000 + GRACE_SECONDS;
            for (Process process : both) {
                if (!Processes.awaitSuccess(process, seconds)) {
                    throw new ContestantException(
                            Files.readString(words("receiver")).strip() + " "
                                    + Files.readString(words("sender")).strip());
                }
            }
        }
        return MiceResult.parse(Files.readString(files.get(1)), Files.readString(files.get(0)));
    }

    private Path words(String end) {
        return work.resolve("mice-" + end + ".txt");
    }

    private static List<String> command(Class<?> main, Path result, String... more) {
        List<String> command = new ArrayList<>(FIRST);
        command.addAll(Contestant.java(main, "-XX:+UseSerialGC").command());
        command.addAll(List.of(result.toString(), Way.RECEIVER_ADDRESS, PORT, Integer.toString(FLOWS)));
        command.addAll(List.of(more));
        return command;
    }
}
