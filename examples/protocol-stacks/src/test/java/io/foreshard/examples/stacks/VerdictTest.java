package io.foreshard.examples.stacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.examples.stacks.capture.Protocol;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static Outcome outcome(Policy policy, long usual, long crowd, double megabyteSeconds) {
        return new Outcome(
                policy,
                List.of(new Sample(1, megabyteSeconds, true, new EnumMap<>(Protocol.class))),
                10,
                10,
                0,
                0,
                1,
                Waits.ofMillis(1),
                Map.of(Timetable.Day.USUAL, usual, Timetable.Day.CROWDED, crowd),
                List.of());
    }

    @Test
    void saysWhoWonAtWhichPriceAndWhere() {
        String verdict = Verdict.of(List.of(
                outcome(Policy.REACTIVE, 40, 9, 100),
                outcome(Policy.KEPT, 30, 9, 200),
                outcome(Policy.PREDICTIVE, 3, 9, 102)));
        assertEquals(
                "Predictive won: 12 messages had to wait for a stack (fixed keep-alive: 39, reactive: 49), at a memory-time of 0.51 times that"
                        + " of fixed keep-alive and about that of reactive. Of these, usual days 3 (fixed keep-alive: 30, reactive: 40); flash"
                        + " crowd 9 (fixed keep-alive: 9, reactive: 9). Foresight helped where days repeat, as their hours can be learned; in"
                        + " what nobody can foresee it made no difference.",
                verdict);
    }

    @Test
    void whoTakesMoreMemoryDoesNotSimplyWin() {
        String verdict = Verdict.of(List.of(
                outcome(Policy.REACTIVE, 40, 9, 100),
                outcome(Policy.KEPT, 30, 9, 130),
                outcome(Policy.PREDICTIVE, 3, 9, 113)));
        assertTrue(verdict.startsWith("Predictive let fewest wait, but took more memory: 12 messages"), verdict);
        assertTrue(verdict.contains("1.13 times that of reactive"), verdict);
    }

    @Test
    void saysSoWhenPredictionLoses() {
        String verdict = Verdict.of(List.of(
                outcome(Policy.REACTIVE, 4, 2, 100),
                outcome(Policy.KEPT, 9, 9, 100),
                outcome(Policy.PREDICTIVE, 5, 9, 100)));
        assertTrue(verdict.startsWith("Reactive won: 6 messages"), verdict);
        assertTrue(verdict.contains("Foresight did not help even where days repeat"), verdict);
        assertTrue(verdict.endsWith("the better of the others did better."), verdict);
    }

    @Test
    void nobodyWinsWhereNothingWaits() {
        String verdict = Verdict.of(List.of(
                outcome(Policy.REACTIVE, 0, 0, 3), outcome(Policy.KEPT, 0, 0, 1), outcome(Policy.PREDICTIVE, 0, 0, 2)));
        assertTrue(verdict.startsWith("Nobody won") && verdict.contains("fixed keep-alive"), verdict);
    }
}
