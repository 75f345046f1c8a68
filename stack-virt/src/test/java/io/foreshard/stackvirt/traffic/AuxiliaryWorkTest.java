package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.traffic.TaskOutlook.Basis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuxiliaryWorkTest {

    private static KindTraffic traffic() {
        return new KindTraffic(new TrafficExperience(), Optional.empty(), 4, 1000);
    }

    private static void messages(KindTraffic traffic, long second, int count, int millis) {
        for (int i = 0; i < count; i++) {
            traffic.arrived(second * 1000);
        }
        for (int i = 0; i < count; i++) {
            traffic.answered(second * 1000 + millis);
        }
    }

    @Test
    void handshakesFollowMessages() {
        long seed = 21;
        Random random = new Random(seed);
        KindTraffic traffic = traffic();
        double error = 0;
        for (int second = 0; second < 3000; second++) {
            int count = second / 50 % 2 == 0 ? 2 : 40;
            if (second > 1000 && second % 50 > 10) {
                error += Math.abs(traffic.tasks().get(0).expected() - count / 2.0) / 1600;
            }
            messages(traffic, second, count, 100);
            int handshakes = 0;
            for (int i = 0; i < count; i++) {
                handshakes += random.nextInt(2);
            }
            traffic.task(AuxiliaryTask.TLS_HANDSHAKE, handshakes, second * 1000L + 200);
            traffic.tick(second * 1000L + 1000);
        }
        TaskOutlook outlook = traffic.tasks().get(0);
        assertTrue(error < 1.5, error + ", seed " + seed + ": " + outlook);
        assertEquals(0.5, outlook.perMessage(), 0.05, outlook::toString);
        assertEquals(0.1, outlook.seconds(), 0.02, outlook::toString);
        List<ExpectedQuantile> next = outlook.next();
        for (ExpectedQuantile quantile : next) {
            assertTrue(quantile.coverage() >= quantile.level() - 0.03, outlook::toString);
        }
    }

    @Test
    void signsOfLifeComeByTheClock() {
        KindTraffic traffic = traffic();
        traffic.taskSeconds(Map.of(AuxiliaryTask.KEEP_ALIVE, 0.01));
        int wrong = 0;
        for (int second = 0; second < 1200; second++) {
            int auxiliary = traffic.load(second * 1000L, 0).auxiliary();
            wrong += second > 300 && auxiliary != (second % 30 == 7 ? 8 : 0) ? 1 : 0;
            traffic.task(AuxiliaryTask.KEEP_ALIVE, second % 30 == 7 ? 800 : 0, second * 1000L + 10);
            traffic.tick(second * 1000L + 1000);
        }
        TaskOutlook outlook = traffic.tasks().get(0);
        assertEquals(Basis.MINUTE, outlook.basis(), outlook::toString);
        assertEquals(0, wrong, outlook::toString);
    }

    @Test
    void workThatFillsAStackIsForeseenLikeMessages() {
        KindTraffic traffic = traffic();
        traffic.taskSeconds(Map.of(AuxiliaryTask.ROUTE_RECOMPUTATION, 0.5));
        double before = 0;
        for (int second = 0; second < 60 * 60; second++) {
            before = second % 60 == 30 ? traffic.outlook().probability(2) : before;
            messages(traffic, second, 2, 300);
            traffic.task(AuxiliaryTask.ROUTE_RECOMPUTATION, second % 60 == 30 ? 12 : 0, second * 1000L + 500);
            traffic.tick(second * 1000L + 1000);
        }
        assertTrue(before > 0.5, "probability of a second stack: " + before);
    }

    @Test
    void aSignOfLifeNowAndThenKeepsNoStack() {
        KindTraffic traffic = traffic();
        messages(traffic, 0, 1, 200);
        for (int second = 0; second < 300; second++) {
            traffic.task(AuxiliaryTask.KEEP_ALIVE, second % 10 == 0 ? 1 : 0, second * 1000L);
            traffic.tick(second * 1000L + 1000);
            assertEquals(0, traffic.load(second * 1000L + 1000, 0).auxiliary());
        }
        assertEquals(0, traffic.load(300_000, 0).idle().neededWithin(60_000));
    }

    @Test
    void absurdCountsStayWithinBounds() {
        KindTraffic traffic = traffic();
        traffic.taskSeconds(Map.of(AuxiliaryTask.KEEP_ALIVE, 3600.0));
        for (int second = 0; second < 10; second++) {
            traffic.task(AuxiliaryTask.KEEP_ALIVE, second % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE, 0);
            traffic.task(AuxiliaryTask.KEEP_ALIVE, Long.MAX_VALUE, Long.MIN_VALUE);
            traffic.tick(second * 1000L + 1000);
            assertTrue(traffic.load(0, 0).auxiliary() <= 1 << 20);
        }
        assertTrue(Double.isFinite(traffic.tasks().get(0).expected()));
    }
}
