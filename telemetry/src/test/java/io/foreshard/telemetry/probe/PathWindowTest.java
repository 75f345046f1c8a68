package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.foreshard.coreapi.PathSample;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PathWindowTest {

    private static final long INTERVAL = millis(20);
    private final PathWindow window = new PathWindow(INTERVAL, true);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** A median of several would tell of a queue when it is over. */
    @Test
    void answersWithTheNewestRoundTripAsItWas() {
        for (int i = 1; i <= 10; i++) {
            window.onRoundTrip(millis(2), i * INTERVAL);
        }
        window.onRoundTrip(millis(30), 11 * INTERVAL);
        PathSample sample = window.sample(11 * INTERVAL + millis(1));
        assertNotNull(sample);
        assertEquals(millis(30), sample.latencyNanos());
        assertEquals(millis(1), sample.ageNanos());
    }

    @Test
    void isUnknownAfterThreeIntervalsOfSilence() {
        window.onRoundTrip(millis(2), 0);
        assertNotNull(window.sample(3 * INTERVAL - 1));
        assertNull(window.sample(3 * INTERVAL));
        assertNull(window.profile(3 * INTERVAL));
    }

    /** Behind a queue of 200 ms the next answer may be that much later, however often one asks. */
    @Test
    void waitsLongerWhereARoundTripTakesLonger() {
        window.onRoundTrip(millis(200), 0);
        assertNotNull(window.sample(millis(599)));
        assertNull(window.sample(millis(600)));
    }
}
