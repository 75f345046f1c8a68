package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.jmh.figure.Figure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LossyFiguresTest {

    private static final Condition NEAR = new Condition(50, 1);
    private static final Condition FAR = new Condition(250, 10);

    @Test
    void theWorstConditionComesFirstAndGivesTheHeadline() {
        List<Figure> figures =
                LossyFigures.of(List.of(NEAR, FAR), Map.of(NEAR, stand(1000, 80, 100), FAR, stand(1000, 300, 100)));
        assertEquals(
                List.of("lossy.best-peer", "lossy.best-peer/rtt250-loss10", "lossy.best-peer/rtt50-loss1"),
                figures.stream().map(Figure::name).toList());
        assertEquals(3, figures.get(0).value(), 1e-9);
        assertEquals(0.8, figures.get(2).value(), 1e-9);
        assertEquals("ok", figures.get(2).status());
    }

    @Test
    void fewerThanAThousandSamplesGiveAP90AndSaySo() {
        assertEquals("p99/p99", only(stand(1000, 1, 1)).unit());
        Figure few = only(stand(999, 1, 1));
        assertEquals("p90/p90", few.unit());
        assertTrue(few.line().contains("foreshard-p90-ms=1"), few.line());
    }

    @Test
    void withoutAPeerTheFigureIsOpen() {
        LossyStand alone = new LossyStand();
        alone.add(LossyContender.FORESHARD, result(1000, 5, true));
        alone.skip(LossyContender.KCP, "no library");
        Figure figure = only(alone);
        assertEquals("open", figure.status());
        assertTrue(figure.line().contains("kcp-p99-ms=skipped(no-library)"), figure.line());
    }

    @Test
    void whoeverWasStoppedIsMarked() {
        LossyStand stand = stand(1000, 5, 5);
        stand.add(LossyContender.KCP, result(7, 20_000, false));
        assertTrue(only(stand).line().contains("kcp-stopped=7"), only(stand).line());
    }

    @Test
    void severalRoundsShowTheirSpread() {
        LossyStand stand = stand(600, 5, 9);
        assertFalse(only(stand).line().contains("least"), only(stand).line());
        stand.add(LossyContender.KCP, result(600, 7, true));
        String line = only(stand).line();
        assertTrue(line.contains("kcp-p90-ms-least=7,kcp-p90-ms-most=9"), line);
    }

    @Test
    void calibrationIsTheSlowestMedianOverWhatPhysicsAsksFor() {
        Figure figure = LossyFigures.calibration(new Condition(50, 0), stand(10, 33, 60));
        assertEquals(60 / (25 + 65_536 / 12.5e3), figure.value(), 1e-9);
        assertEquals("short", figure.status());
    }

    private static Figure only(LossyStand stand) {
        return LossyFigures.of(List.of(NEAR), Map.of(NEAR, stand)).get(0);
    }

    private static LossyStand stand(int samples, long ourMillis, long theirMillis) {
        LossyStand stand = new LossyStand();
        stand.add(LossyContender.FORESHARD, result(samples, ourMillis, true));
        stand.add(LossyContender.KCP, result(samples, theirMillis, true));
        return stand;
    }

    private static LossyResult result(int samples, long millis, boolean arrives) {
        LossyTime time = new LossyTime(0, TimeUnit.MILLISECONDS.toNanos(millis), true, arrives);
        return new LossyResult(new LossyTimes(Collections.nCopies(samples, time)), samples, 0);
    }
}
