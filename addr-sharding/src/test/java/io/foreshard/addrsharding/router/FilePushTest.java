package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.dialect.JunosDialect;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePushTest {

    private static final RoutePlan PLAN = LabPlans.bird("10.65.0.0/20");

    @TempDir
    private Path directory;

    private static PushOutcome push(FilePush push, RoutePlan plan) {
        return push.push(plan).toCompletableFuture().join();
    }

    @Test
    void theFileIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(directory.resolve("junos.set"), "before");
        JunosDialect dialect = new JunosDialect();
        assertEquals(new PushOutcome.Applied(), push(new FilePush(dialect, file, Runnable::run), PLAN));
        assertEquals(dialect.render(PLAN).text(), Files.readString(file));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsARefusalWithTheReason() {
        Path file = directory.resolve("none/junos.set");
        PushOutcome outcome = push(new FilePush(new JunosDialect(), file, Runnable::run), PLAN);
        PushOutcome.Refused refused = assertInstanceOf(PushOutcome.Refused.class, outcome);
        assertTrue(refused.complaints().get(0).contains("none"), refused::toString);
    }

    @Test
    void plansArePushedInTheOrderInWhichTheyCameAndNotTooManyWait() throws IOException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Path file = directory.resolve("junos.set");
        FilePush push = new FilePush(new JunosDialect(), file, tasks::add);
        List<CompletableFuture<PushOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i <= 64; i++) {
            outcomes.add(push.push(LabPlans.bird("10.65." + i + ".0/24")).toCompletableFuture());
        }
        assertInstanceOf(PushOutcome.Refused.class, outcomes.get(64).join());
        for (int i = 0; i < 64; i++) {
            assertEquals(1, tasks.size());
            tasks.remove().run();
            assertTrue(outcomes.get(i).isDone());
            assertTrue(Files.readString(file).contains("10.65." + i + ".0/24"));
        }
        push.push(PLAN);
        assertEquals(1, tasks.size());
    }

    @Test
    void anExecutorThatRefusesIsAnOutcome() {
        FilePush push = new FilePush(new JunosDialect(), directory.resolve("junos.set"), task -> {
            throw new java.util.concurrent.RejectedExecutionException("closed");
        });
        assertInstanceOf(PushOutcome.Refused.class, push(push, PLAN));
        assertInstanceOf(PushOutcome.Refused.class, push(push, PLAN));
    }

    @Test
    void aToolThatDoesNotEndIsStopped() {
        IOException late = assertThrows(
                IOException.class, () -> ToolRun.of(List.of("sleep", "60"), TimeUnit.MILLISECONDS.toNanos(100), 1000));
        assertEquals("sleep: did not end in time", late.getMessage());
    }

    @Test
    void aToolThatSaysTooMuchIsStopped() {
        IOException tooMuch = assertThrows(
                IOException.class, () -> ToolRun.of(List.of("yes"), TimeUnit.SECONDS.toNanos(20), 100_000));
        assertEquals("yes: said more than 100000 bytes", tooMuch.getMessage());
    }

    @Test
    void argumentsOfAToolAreNotForAShell() throws IOException {
        ToolRun run = ToolRun.of(List.of("echo", "$(id); `id` > x"), TimeUnit.SECONDS.toNanos(20), 1000);
        assertEquals(new ToolRun(0, "$(id); `id` > x\n"), run);
    }
}
