package io.foreshard.addrsharding.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LeadWindowTest {

    @Test
    void thePeakIsTheMostWithinAnyLeadTimeOfTheStep() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long lead = 1L + random.nextInt(40_000);
        LeadWindow window = new LeadWindow(51_000);
        long bucket = 101;
        long[] times = new long[500];
        int[] counts = new int[500];
        long now = 0;
        long most = 0;
        long least = 0;
        for (int i = 0; i < times.length; i++) {
            now += random.nextInt(3000);
            times[i] = now;
            counts[i] = random.nextInt(5);
            window.add(now, lead, counts[i]);
            most = Math.max(most, sum(times, counts, i, now - lead - 2 * bucket));
            least = Math.max(least, sum(times, counts, i, now - lead + 2 * bucket));
        }
        long peak = window.takePeak(now, lead);
        assertTrue(peak <= most && peak >= least, least + " <= " + peak + " <= " + most + ", seed " + seed);
    }

    private static long sum(long[] times, int[] counts, int last, long after) {
        long sum = 0;
        for (int i = 0; i <= last; i++) {
            sum += times[i] > after ? counts[i] : 0;
        }
        return sum;
    }

    @Test
    void whatIsStillInTheWindowCountsForTheNextStep() {
        LeadWindow window = new LeadWindow(51_000);
        window.add(10_000, 5000, 7);
        assertEquals(7, window.takePeak(11_000, 5000));
        assertEquals(7, window.takePeak(12_000, 5000));
        assertEquals(7, window.takePeak(30_000, 5000));
        assertEquals(0, window.takePeak(30_001, 5000));
    }

    @Test
    void aLongSilenceEmptiesTheWindow() {
        LeadWindow window = new LeadWindow(51_000);
        window.add(10_000, 5000, 7);
        window.takePeak(10_000_000, 5000);
        assertEquals(0, window.takePeak(10_000_001, 5000));
    }
}
