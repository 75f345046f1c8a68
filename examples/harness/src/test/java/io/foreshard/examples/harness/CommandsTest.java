package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommandsTest {

    @Test
    void saysWhatACommandPrinted() throws IOException {
        assertEquals("a b\n", Commands.run("echo", "a b"));
        IOException failed = assertThrows(IOException.class, () -> Commands.run("sh", "-c", "echo no; exit 3"));
        assertTrue(failed.getMessage().endsWith(": no"), failed.getMessage());
    }

    @Test
    void whatShortCommandsPrintIsNeverLost() throws IOException {
        for (int run = 0; run < 100; run++) {
            assertEquals("x\n", Commands.run("echo", "x"));
        }
    }

    @Test
    void aCommandThatHangsIsGivenUp() {
        assertThrows(IOException.class, () -> Commands.run(Duration.ofMillis(100), "sleep", "20"));
    }

    @Test
    void aProgramOfThisClassPathRunsInAJvmOfItsOwn() throws IOException {
        List<String> command = Commands.java(List.of("-Xmx32m"), Greeting.class, "you");
        assertEquals("hello you\n", Commands.run(command.toArray(String[]::new)));
    }

    @Test
    void aGuardedCommandEndsWithItsStandardInput() throws IOException, InterruptedException {
        Process guarded = new ProcessBuilder(Commands.guarded(List.of("sleep", "30"))).start();
        guarded.getOutputStream().close();
        assertTrue(guarded.waitFor(10, TimeUnit.SECONDS));
    }
}
