package io.foreshard.jmh.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets processes that take part in one run begin together, once each of them is ready. Each waits beside the file of its result. Stateless. */
public final class StartSignal {

    private static final long LOOK_MILLIS = 5;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private StartSignal() {}

    /**
     * Makes room for new results.
     *
     * @param results a file for each process
     */
    public static void clear(List<Path> results) throws IOException {
        for (Path result : results) {
            Files.deleteIfExists(result);
            Files.deleteIfExists(ready(result));
            Files.deleteIfExists(go(result));
        }
    }

    /**
     * Says that this process is ready, and waits until all are.
     *
     * @param result its file
     * @return when the load begins
     */
    public static Schedule await(Path result) throws IOException, InterruptedException {
        Files.createFile(ready(result));
        awaitFile(go(result), null);
        return Schedule.parse(Files.readString(go(result)));
    }

    /**
     * Waits until all processes are ready, and lets them begin.
     *
     * @param results the file of each
     * @param processes each of them
     * @throws ContestantException if one ends before that, or takes too long
     */
    public static Schedule give(
            List<Path> results, List<Process> processes, long warmUpMillis, long countedMillis, long restMillis)
            throws IOException, ContestantException, InterruptedException {
        for (int index = 0; index < results.size(); index++) {
            if (!awaitFile(ready(results.get(index)), processes.get(index))) {
                throw new ContestantException("did not start");
            }
        }
        Schedule schedule = Schedule.after(System.nanoTime(), warmUpMillis, countedMillis, restMillis);
        for (Path result : results) {
            Path draft = Files.writeString(result.resolveSibling(result.getFileName() + ".draft"), schedule.text());
            Files.move(draft, go(result), StandardCopyOption.ATOMIC_MOVE);
        }
        return schedule;
    }

    private static boolean awaitFile(Path file, @Nullable Process maker) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.exists(file)) {
            if (System.nanoTime() > giveUp || (maker != null && !maker.isAlive())) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private static Path ready(Path result) {
        return result.resolveSibling(result.getFileName() + ".ready");
    }

    private static Path go(Path result) {
        return result.resolveSibling(result.getFileName() + ".go");
    }
}
