package io.foreshard.jmh.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartSignalTest {

    @TempDir
    private Path folder;

    @Test
    void tellsAllTheSameSchedule() throws Exception {
        List<Path> results = List.of(folder.resolve("one"), folder.resolve("two"));
        StartSignal.clear(results);
        List<CompletableFuture<Schedule>> waiting = results.stream()
                .map(result -> CompletableFuture.supplyAsync(() -> await(result), task -> new Thread(task).start()))
                .toList();
        Process alive = new ProcessBuilder("sleep", "30").start();
        try {
            Schedule given = StartSignal.give(results, List.of(alive, alive), 1_000, 2_000, 500);
            for (CompletableFuture<Schedule> one : waiting) {
                assertEquals(given, one.join());
            }
            assertEquals(2, given.seconds());
            assertTrue(given.counts(given.beginNanos() + 1_000_000_000L));
        } finally {
            alive.destroyForcibly();
        }
    }

    private static Schedule await(Path result) {
        try {
            return StartSignal.await(result);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givesUpOnAProcessThatHasEnded() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        List<Path> results = List.of(folder.resolve("one"));
        assertThrows(ContestantException.class, () -> StartSignal.give(results, List.of(ended), 1, 1, 1));
    }
}
