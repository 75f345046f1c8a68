package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GenieArqTest {

    private static final long SEED = 7;
    /** 65 540 bytes in 58 packets with 56 bytes of overhead each, at 12.5 bytes per microsecond. */
    private static final double SERVICE_MILLIS = (65_540 + 58 * 56) / 12.5e3;

    @Test
    void takesHalfARoundTripAndTheServiceTimeWhereNothingIsLost() {
        Completions genie = measure(new Condition(50, 0));
        assertEquals(25 + SERVICE_MILLIS, genie.millisAt(0.01), 0.01);
    }

    @Test
    void takesOneRoundTripMoreForEachTimeThatAPacketIsLost() {
        Completions clean = measure(new Condition(250, 0));
        Completions lossy = measure(new Condition(250, 5));
        double extra = lossy.millisAt(0.5) - clean.millisAt(0.5);
        assertEquals(250, extra, SERVICE_MILLIS, "half of the messages lose at least one of 58 packets");
        assertTrue(lossy.millisAt(0.99) > clean.millisAt(0.5) + 500, "some lose a repair");
    }

    @Test
    void ordersPercentilesAndCountsRedundantBytes() {
        Completions genie = measure(new Condition(50, 1));
        genie.addRedundant(5, 100);
        assertEquals(5.0, genie.redundantPercent());
        assertEquals(1000, genie.count());
        assertTrue(genie.millisAt(0.5) <= genie.millisAt(0.99));
    }

    private static Completions measure(Condition condition) {
        Arrivals arrivals = Arrivals.poisson(1000, SEED);
        Completions completions = new Completions();
        completions.add(arrivals, GenieArq.run(arrivals, condition, SEED));
        return completions;
    }
}
