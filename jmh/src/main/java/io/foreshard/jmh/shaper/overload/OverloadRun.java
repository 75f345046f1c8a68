package io.foreshard.jmh.shaper.overload;

import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.Processes;
import io.foreshard.jmh.run.StartSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a server and its clients, each a process of its own. */
final class OverloadRun {

    private static final long REST_MILLIS = RequestClient.DEADLINE.toMillis();
    private static final long GRACE_SECONDS = 10;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    private static final long LOOK_MILLIS = 5;

    private final Path work;

    OverloadRun(Path work) {
        this.work = work;
    }

    OverloadResult run(Handling handling, long seed, long warmUpMillis, long countedMillis)
            throws IOException, ContestantException, InterruptedException {
        Path port = work.resolve("port");
        Path answered = work.resolve("answered");
        Files.deleteIfExists(port);
        StartSignal.clear(List.of(answered));
        try (Processes processes = new Processes()) {
            Process server =
                    processes.start(command(ContendedServer.class, port, Long.toString(seed)), words("server"));
            Process client = processes.start(
                    command(
                            RequestClient.class,
                            answered,
                            awaitPort(port, server),
                            handling.name(),
                            Long.toString(seed)),
                    words("client"));
            StartSignal.give(List.of(answered), List.of(client), warmUpMillis, countedMillis, REST_MILLIS);
            long seconds = (warmUpMillis + countedMillis + REST_MILLIS) / 1_000 + GRACE_SECONDS;
            if (!Processes.awaitSuccess(client, seconds)) {
                throw new ContestantException(Files.readString(words("server")).strip() + " "
                        + Files.readString(words("client")).strip());
            }
        }
        return OverloadResult.parse(Files.readString(answered));
    }

    private static String awaitPort(Path port, Process server)
            throws IOException, ContestantException, InterruptedException {
        long giveUp = System.nanoTime() + START_NANOS;
        while (!Files.exists(port)) {
            if (System.nanoTime() > giveUp || !server.isAlive()) {
                throw new ContestantException("the server did not start");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Files.readString(port);
    }

    private Path words(String end) {
        return work.resolve("overload-" + end + ".txt");
    }

    private static List<String> command(Class<?> main, Path file, String... more) {
        List<String> command = new ArrayList<>(Contestant.java(main).command());
        command.add(file.toString());
        command.addAll(List.of(more));
        return command;
    }
}
