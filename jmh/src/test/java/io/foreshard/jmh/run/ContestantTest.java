package io.foreshard.jmh.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestantTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void saysThatAProgramIsMissing() {
        Contestant missing = new Contestant(List.of("no-such-program-here"));
        ContestantException fault = assertThrows(ContestantException.class, () -> missing.run(LIMIT));
        assertTrue(fault.reason().contains("no-such-program-here"), fault.reason());
    }

    @Test
    void givesTheLastWordsOfAProgramThatFails() {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Contestant failing = new Contestant(List.of(java, "NoSuchMainClass"));
        ContestantException fault = assertThrows(ContestantException.class, () -> failing.run(LIMIT));
        assertEquals("exit 1: Caused by: java.lang.ClassNotFoundException: NoSuchMainClass", fault.reason());
    }
}
