package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
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
}
