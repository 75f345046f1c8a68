package io.foreshard.jmh.shaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepResponseContestTest {

    private static Peer peer(Figure figure, String name) {
        return figure.peers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsWhatTheLawDoesAndWhatTheSpecifiedRuleCannot() {
        Figure figure = StepResponseContest.figure(Duration.ofMillis(100), line -> {});
        assertEquals("step-response/theta-100ms", figure.name());
        assertEquals("ok", figure.status());
        assertFalse(peer(figure, "specified-rule").ran());
        assertTrue(peer(figure, "specified-rule-queue").value() > 10);
        assertTrue(peer(figure, "specified-rule-unguarded-queue").value() > 10);
        assertTrue(peer(figure, "unshaped-queue").value() > 10);
    }

    @Test
    void saysTheSameInEveryRun() {
        Duration loop = Duration.ofMillis(20);
        assertEquals(
                StepResponseContest.figure(loop, line -> {}).line(),
                StepResponseContest.figure(loop, line -> {}).line());
    }
}
