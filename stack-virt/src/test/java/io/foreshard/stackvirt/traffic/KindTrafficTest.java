package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KindTrafficTest {

    private static KindTraffic traffic() {
        return new KindTraffic(new TrafficExperience(), Optional.empty(), 10, 1000);
    }

    @Test
    void learnsWhenATimerIsDue() {
        long seed = 3;
        Random random = new Random(seed);
        KindTraffic traffic = traffic();
        long due = 300;
        double before = 0;
        double between = 0;
        int events = 0;
        for (long second = 0; second < 300 * 60; second++) {
            if (second > 300 * 30) {
                before = Math.max(before, second == due - 1 ? traffic.outlook().probability(1) : 0);
                between = Math.max(
                        between, second == due - 150 ? traffic.outlook().probability(1) : 0);
            }
            if (second == due) {
                traffic.arrived(second * 1000 + 500);
                traffic.answered(second * 1000 + 600);
                due += 300 + random.nextInt(3) - 1;
                events++;
            }
            traffic.tick(second * 1000 + 1000);
        }
        assertTrue(events > 50);
        assertTrue(before > 0.2, "before the timer: " + before + ", seed " + seed);
        assertTrue(between < 0.05, "between: " + between + ", seed " + seed);
        Reliability reliability = traffic.reliability(1).orElseThrow();
        assertTrue(reliability.skill() < 0.7, "skill " + reliability.skill());
    }

    @Test
    void whatComesByChanceIsForetoldAsOftenAsItComes() {
        long seed = 5;
        Random random = new Random(seed);
        KindTraffic traffic = traffic();
        for (long second = 0; second < 40_000; second++) {
            if (random.nextInt(100) == 0) {
                traffic.arrived(second * 1000 + 300);
                traffic.answered(second * 1000 + 400);
            }
            traffic.tick(second * 1000 + 1000);
        }
        Reliability reliability = traffic.reliability(1).orElseThrow();
        for (int band = 0; band < reliability.bands(); band++) {
            if (reliability.count(band) > 3000) {
                double off = Math.log(reliability.came(band) / reliability.said(band));
                assertTrue(Math.abs(off) < Math.log(2), "band " + band + " is off by e^" + off + ", seed " + seed);
            }
        }
        assertTrue(reliability.skill() < 1.1, "skill " + reliability.skill());
    }

    @Test
    void averagesMessagesInFlightExactly() {
        KindTraffic traffic = traffic();
        traffic.tick(0);
        traffic.arrived(0);
        traffic.arrived(30_000);
        traffic.answered(45_000);
        traffic.answered(60_000);
        ScalingView.Load load = traffic.load(60_000, 0);
        assertEquals(75.0 / 60, load.stableConcurrency(), 1e-9);
        assertEquals(1, load.panicConcurrency(), 1e-9);
        assertEquals(0, load.inFlight());
    }

    @Test
    void timeThatJumpsIsBorneAndMemoryStaysBounded() {
        KindTraffic traffic = traffic();
        traffic.arrived(0);
        traffic.tick(Long.MAX_VALUE / 4);
        traffic.arrived(5);
        traffic.answered(Long.MIN_VALUE);
        traffic.answered(0);
        traffic.answered(0);
        for (int i = 0; i < 100_000; i++) {
            traffic.arrived(0);
        }
        traffic.tick(Long.MAX_VALUE / 4 + 10_000);
        TrafficOutlook outlook = traffic.outlook();
        assertTrue(outlook.stacks() <= KindTraffic.MOST_LEVELS);
        assertTrue(traffic.load(0, Integer.MAX_VALUE).idle().stacks() <= 1024);
        for (int stack = 1; stack <= outlook.stacks(); stack++) {
            double probability = outlook.probability(stack);
            assertTrue(probability >= 0 && probability <= 1, "probability " + probability);
        }
    }
}
