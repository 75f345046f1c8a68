package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChecksTest {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void returnsWhatItChecked() {
        assertEquals(1, Checks.positive("n", 1));
        assertEquals(1L << 40, Checks.positive("n", 1L << 40));
        assertEquals(0, Checks.notNegative("n", 0));
        assertEquals(0L, Checks.notNegative("n", 0L));
        assertEquals(3, Checks.inRange("n", 3, 3, 5));
        assertEquals(5L, Checks.inRange("n", 5L, 3, 5));
        assertEquals(0.5, Checks.inRange("n", 0.5, 0.0, 1.0));
        assertEquals(-2.5, Checks.finite("n", -2.5));
        assertEquals(1_000_000, Checks.duration("n", Duration.ofMillis(1), Duration.ZERO, Duration.ofDays(1)));
    }

    @Test
    void saturatesADurationThatNanosecondsCannotHold() {
        assertEquals(Long.MAX_VALUE, Checks.duration("n", FOREVER, Duration.ZERO, FOREVER));
        assertEquals(Long.MIN_VALUE, Checks.duration("n", FOREVER.negated(), FOREVER.negated(), FOREVER));
    }

    @Test
    void aValueOfAStrangerNeitherMovesTheCursorNorFillsTheLog() {
        assertFails(
                "name: a\ufffd[2J\ufffdb\ufffdc (expected: a word)",
                () -> Checks.require(false, "name", "a\033[2J\nb\u202ec", "a word"));
        assertFails(
                "name: " + "x".repeat(256) + "… (expected: a word)",
                () -> Checks.require(false, "name", "x".repeat(1 << 20), "a word"));
    }

    @Test
    void saysTheNameTheValueAndWhatWasExpected() {
        assertFails("count: 0 (expected: > 0)", () -> Checks.positive("count", 0));
        assertFails("count: -1 (expected: > 0)", () -> Checks.positive("count", -1L));
        assertFails("count: -1 (expected: >= 0)", () -> Checks.notNegative("count", -1));
        assertFails("count: -1 (expected: >= 0)", () -> Checks.notNegative("count", -1L));
        assertFails("count: 6 (expected: 3…5)", () -> Checks.inRange("count", 6, 3, 5));
        assertFails("count: 2 (expected: 3…5)", () -> Checks.inRange("count", 2L, 3L, 5L));
        assertFails("ratio: NaN (expected: 0.0…1.0)", () -> Checks.inRange("ratio", Double.NaN, 0.0, 1.0));
        assertFails("ratio: -0.1 (expected: 0.0…1.0)", () -> Checks.inRange("ratio", -0.1, 0.0, 1.0));
        assertFails("ratio: Infinity (expected: a finite number)", () -> Checks.finite("ratio", 1 / 0.0));
        assertFails("key: null (expected: a key)", () -> Checks.require(false, "key", null, "a key"));
        assertFails(
                "idle: PT2S (expected: PT0S…PT1S)",
                () -> Checks.duration("idle", Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void letsAConditionPassThatHolds() {
        Checks.require(true, "key", "value", "anything");
        Exception thrown = assertThrows(IllegalStateException.class, () -> Checks.state(false, "size", 7, "< 5"));
        assertEquals("size: 7 (expected: < 5)", thrown.getMessage());
    }

    private static void assertFails(String message, Executable check) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, check).getMessage());
    }
}
