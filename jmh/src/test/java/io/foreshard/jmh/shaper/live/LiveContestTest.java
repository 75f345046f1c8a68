package io.foreshard.jmh.shaper.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.shaper.Rounds;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LiveContestTest {

    @Test
    void aReleaseErrorIsOpenWhenTheBareTimerItselfIsImplausiblyLate() {
        Figure figure = LiveContest.releaseError(rounds(-500, -700, 12), columns(3_200, 5_600, 900));
        assertEquals("open", figure.status());
        assertTrue(figure.line().contains("bare-timer-p99-us=3200"), figure::line);
        assertTrue(figure.line().contains("machine-too-busy-to-tell"), figure::line);
    }

    @Test
    void aReleaseErrorCountsWhenTheBareTimerIsOnlyOnceImplausiblyLate() {
        assertEquals(
                "ok",
                LiveContest.releaseError(rounds(5, 7, 12), columns(190, 250, 5_600))
                        .status());
        assertEquals(
                "short",
                LiveContest.releaseError(rounds(25, 27, 12), columns(190, 250, 999))
                        .status());
    }

    private static List<Rounds> columns(double... bareTimerP99) {
        return List.of(rounds(60), rounds(170), rounds(80), rounds(bareTimerP99));
    }

    private static Rounds rounds(double... values) {
        Rounds rounds = new Rounds();
        DoubleStream.of(values).forEach(rounds::add);
        return rounds;
    }
}
