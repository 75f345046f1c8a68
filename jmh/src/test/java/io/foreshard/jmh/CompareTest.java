package io.foreshard.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompareTest {

    @Test
    void refusesAnUnknownEngine() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertEquals(2, Compare.run(stream, stream, "no-engine"));
        assertTrue(
                err.toString(StandardCharsets.UTF_8)
                        .contains(
                                "ENGINE: no-engine (expected: one of [addresses, forecast, prediction, shaper, stacks, striping])"));
    }

    @Test
    void refusesAnUnknownContest() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertEquals(2, Compare.run(stream, stream, "prediction", "--only", "fairness,fleet"));
        assertTrue(err.toString(StandardCharsets.UTF_8)
                .contains("--only: fleet (expected: some of [gain, genie, best-peer, priority, fairness])"));
    }

    @Test
    void namesEveryContestOfTheShaper() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertEquals(2, Compare.run(stream, stream, "shaper", "--only", "mice"));
        assertTrue(err.toString(StandardCharsets.UTF_8)
                .contains("--only: mice (expected: some of [step-response, scheduling, live, no-gain, mice-elephant,"
                        + " server-overload])"));
    }
}
