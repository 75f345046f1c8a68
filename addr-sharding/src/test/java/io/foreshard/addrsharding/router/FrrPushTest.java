package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no router; {@link LiveRefusalsTest} has the rest. */
class FrrPushTest {

    @TempDir
    private Path directory;

    private FrrPush push(Path file) {
        return FrrPush.builder(directory, file, Runnable::run)
                .vtysh(directory.resolve("no-vtysh"))
                .build();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void aFileThatCannotBeWrittenIsARefusalAndTheRouterIsNotAsked() {
        Path file = directory.resolve("missing").resolve("frr.conf");
        PushOutcome outcome = done(push(file).push(LabPlans.frr("10.64.0.0/20")));
        List<String> complaints =
                assertInstanceOf(PushOutcome.Refused.class, outcome).complaints();
        assertTrue(complaints.get(0).contains("frr.conf.candidate"), complaints::toString);
    }

    @Test
    void aRouterThatCannotBeAskedIsUnreachable() {
        Path file = directory.resolve("frr.conf");
        assertInstanceOf(PushOutcome.Unreachable.class, done(push(file).push(LabPlans.frr())));
        assertInstanceOf(Observation.Unreadable.class, done(push(file).observe(LabPlans.frr())));
        assertFalse(Files.exists(file));
        assertFalse(Files.exists(directory.resolve("frr.conf.candidate")));
    }
}
