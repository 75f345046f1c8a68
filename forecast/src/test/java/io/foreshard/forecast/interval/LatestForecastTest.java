package io.foreshard.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LatestForecastTest {

    private static void publish(LatestForecast latest, long stamp, double[] mean, double[][] quantiles) {
        double value = (double) stamp;
        Arrays.fill(mean, value);
        for (double[] row : quantiles) {
            Arrays.fill(row, value);
        }
        latest.publish(stamp, mean, quantiles, value);
    }

    @Test
    void hasNothingBeforeTheFirstPublication() {
        LatestForecast latest = new LatestForecast(3, 5);
        assertFalse(latest.read(latest.newCopy()));
    }

    @Test
    void showsTheNewestPublication() {
        LatestForecast latest = new LatestForecast(2, 2);
        latest.publish(1, new double[] {1, 2}, new double[][] {{0, 1}, {2, 3}}, 0.5);
        latest.publish(2, new double[] {5, 6}, new double[][] {{4, 5}, {6, 7}}, 0.25);
        LatestForecast.Copy copy = latest.newCopy();
        assertTrue(latest.read(copy));
        assertEquals(2, copy.stamp());
        assertEquals(0.25, copy.skill());
        assertEquals(5, copy.mean(1));
        assertEquals(6, copy.mean(2));
        assertEquals(4, copy.quantile(0, 1));
        assertEquals(7, copy.quantile(1, 2));
    }

    @Test
    void namesWhatIsWrongWithAShape() {
        assertThrows(IllegalArgumentException.class, () -> new LatestForecast(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LatestForecast(1, 0));
    }

    @Test
    void aForecastOfAnotherShapeLeavesTheNewestReadable() {
        LatestForecast latest = new LatestForecast(1, 2);
        latest.publish(1, new double[] {1, 2}, new double[][] {{0, 1}}, 0.5);
        assertThrows(
                IllegalArgumentException.class,
                () -> latest.publish(2, new double[] {3, 4}, new double[][] {{5}}, 0.5));
        LatestForecast.Copy copy = latest.newCopy();
        assertTrue(latest.read(copy));
        assertEquals(1, copy.stamp());
        assertEquals(1, copy.quantile(0, 2));
    }

    /** Every value of a publication equals its stamp, so a reader that mixed two would see it; stamps never go back. */
    @Test
    void neverShowsTwoPublicationsMixed() throws Exception {
        LatestForecast latest = new LatestForecast(9, 24);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<Long>> seen = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                Callable<Long> task = () -> readUntil(over, latest);
                seen.add(readers.submit(task));
            }
            double[] mean = new double[24];
            double[][] quantiles = new double[9][24];
            for (long stamp = 1; stamp <= 300_000; stamp++) {
                publish(latest, stamp, mean, quantiles);
                if (stamp % 1000 == 0) {
                    LockSupport.parkNanos(1);
                }
            }
            over.set(true);
            for (Future<Long> reads : seen) {
                assertTrue(reads.get() > 0, "a reader never got through");
            }
        } finally {
            over.set(true);
            readers.shutdownNow();
        }
    }

    private static long readUntil(AtomicBoolean over, LatestForecast latest) {
        LatestForecast.Copy copy = latest.newCopy();
        long reads = 0;
        long newest = 0;
        boolean last;
        do {
            last = over.get();
            if (latest.read(copy)) {
                reads++;
                newest = check(copy, newest);
            }
        } while (!last);
        return reads;
    }

    private static long check(LatestForecast.Copy copy, long newest) {
        long stamp = copy.stamp();
        assertTrue(stamp >= newest, stamp + " after " + newest);
        assertEquals((double) stamp, copy.skill());
        for (int step = 1; step <= 24; step++) {
            assertEquals((double) stamp, copy.mean(step));
            for (int row = 0; row < 9; row++) {
                assertEquals((double) stamp, copy.quantile(row, step));
            }
        }
        return stamp;
    }
}
