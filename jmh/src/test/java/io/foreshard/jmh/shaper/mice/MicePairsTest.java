package io.foreshard.jmh.shaper.mice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.way.Bottleneck;
import org.junit.jupiter.api.Test;

class MicePairsTest {

    private final MicePairs pairs = new MicePairs(new Bottleneck(10, 100));

    private static MiceResult result(double p99Millis, int arrived) {
        return MiceResult.parse(
                "1000 2000 2500 7 100000",
                arrived + " 1000000 " + p99Millis * 1e6 + " 500000 8.5 1900 40000000 90000000");
    }

    @Test
    void takesTheMedianOfTheRatiosOfRounds() {
        pairs.add(result(8, 1000), result(100, 990));
        pairs.add(result(50, 1000), result(100, 990));
        pairs.add(result(5, 1000), result(100, 990));
        Figure figure = pairs.figure();
        assertEquals("mice-elephant/10-mbit-queue-100-ms", figure.name());
        assertEquals(0.08, figure.value(), 1e-9);
        assertEquals("ok", figure.status());
    }

    @Test
    void tellsLossJitterAndWhatTheElephantPays() {
        pairs.add(result(8, 1000), result(100, 990));
        String line = pairs.figure().line();
        assertTrue(line.contains("shaped-mice-lost=0,unshaped-mice-lost=10,"), line);
        assertTrue(line.contains("shaped-mice-jitter-ms=0.5,"), line);
        assertTrue(line.contains("elephant-goodput-x=1,"), line);
        assertTrue(line.contains("shaped-elephant-completed-share=0.95,"), line);
        assertTrue(line.contains("shaped-elephant-sent-again-share=0.2,"), line);
    }

    @Test
    void staysOpenWithoutARound() {
        pairs.skip("exit 1: Operation not permitted");
        Figure figure = pairs.figure();
        assertEquals("open", figure.status());
        assertTrue(figure.line().contains("skipped(needs-root:-exit-1:-Operation-not-permitted)"), figure.line());
    }
}
