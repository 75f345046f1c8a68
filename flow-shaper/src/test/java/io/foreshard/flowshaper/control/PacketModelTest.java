package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What shaping can do for packets at a FIFO bottleneck, and what it cannot. 1000 packets a second; mice come by a Poisson process, 500 a
 * second, and an elephant sends 300 at once each second, for a minute. Golden values from the same model under CPython 3.11.7, whose
 * random arrivals differ: mean and p99 within 15 %.
 */
class PacketModelTest {

    private static final double CAPACITY = 1000;
    private static final int SECONDS = 60;
    private static final double REPEATED_AFTER = 0.2;
    private static final double SEEN_AFTER = 0.02;

    private enum Mode {
        NONE,
        DELAY,
        PACE_ALL,
        PACE_FLOWS
    }

    private record Packet(double seconds, boolean arriving, int order, boolean elephant, double born) {}

    private final List<Double> mice = new ArrayList<>();
    private final List<Double> all = new ArrayList<>();
    private int drops;

    private void run(Mode mode, double buffer) {
        mice.clear();
        all.clear();
        drops = 0;
        PriorityQueue<Packet> events = new PriorityQueue<>((one, other) -> {
            int byTime = Double.compare(one.seconds, other.seconds);
            return byTime != 0 ? byTime : Integer.compare(one.order, other.order);
        });
        events.addAll(arrivals());
        Deque<double[]> seen = new ArrayDeque<>(List.of(new double[] {0, 0}));
        double free = 0;
        double[] last = new double[2];
        while (!events.isEmpty()) {
            Packet packet = events.poll();
            double now = packet.seconds;
            if (packet.arriving) {
                while (seen.size() > 1 && second(seen)[0] <= now - SEEN_AFTER) {
                    seen.removeFirst();
                }
                double leaves = leaves(mode, packet, now, seen.getFirst()[1], last);
                events.add(new Packet(leaves, false, packet.order, packet.elephant, packet.born));
                continue;
            }
            double queue = Math.max(0, free - now);
            seen.addLast(new double[] {now, queue});
            if (queue * CAPACITY >= buffer) {
                drops++;
                events.add(new Packet(now + REPEATED_AFTER, false, packet.order, packet.elephant, packet.born));
                continue;
            }
            free = Math.max(free, now) + 1 / CAPACITY;
            all.add(free - packet.born);
            if (!packet.elephant) {
                mice.add(free - packet.born);
            }
        }
    }

    private static double[] second(Deque<double[]> seen) {
        var each = seen.iterator();
        each.next();
        return each.next();
    }

    private static double leaves(Mode mode, Packet packet, double now, double queue, double[] last) {
        int flow = packet.elephant ? 1 : 0;
        switch (mode) {
            case NONE -> {
                return now;
            }
            case PACE_ALL -> last[0] = Math.max(last[0] + 1 / CAPACITY, now);
            case PACE_FLOWS -> last[flow] = packet.elephant ? Math.max(last[1] + 1 / (0.4 * CAPACITY), now) : now;
            case DELAY -> last[flow] = Math.max(last[flow], now + queue);
        }
        return mode == Mode.PACE_ALL ? last[0] : last[flow];
    }

    private static List<Packet> arrivals() {
        Random random = new Random(1);
        List<Packet> packets = new ArrayList<>();
        for (double at = 0; at < SECONDS; ) {
            at -= Math.log(1 - random.nextDouble()) / 500;
            packets.add(new Packet(at, true, packets.size(), false, at));
        }
        for (double burst = 0.5; burst < SECONDS; burst++) {
            for (int i = 0; i < 300; i++) {
                packets.add(new Packet(burst + i * 1e-5, true, packets.size(), true, burst + i * 1e-5));
            }
        }
        return packets;
    }

    private static double meanMillis(List<Double> latencies) {
        return 1e3
                * latencies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double p99Millis(List<Double> latencies) {
        List<Double> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        return 1e3 * sorted.get((int) (0.99 * sorted.size()));
    }

    private void assertMice(double meanMillis, double p99Millis) {
        assertEquals(meanMillis, meanMillis(mice), 0.15 * meanMillis);
        assertEquals(p99Millis, p99Millis(mice), 0.15 * p99Millis);
    }

    @Test
    void pacingAllFlowsTogetherMovesTheQueueAndGainsNothing() {
        run(Mode.NONE, Double.MAX_VALUE);
        assertMice(91.9, 294.8);
        double unshaped = meanMillis(all);
        run(Mode.PACE_ALL, Double.MAX_VALUE);
        assertEquals(unshaped, meanMillis(all), 1e-6);
    }

    @Test
    void delayingAllByTheQueueIsWorseThanNothing() {
        run(Mode.DELAY, Double.MAX_VALUE);
        assertMice(203.4, 427.7);
        run(Mode.DELAY, 100);
        assertMice(104.5, 459.0);
    }

    @Test
    void pacingBeforeAShortBufferSparesAllLosses() {
        run(Mode.NONE, 100);
        assertMice(33.4, 100.4);
        assertEquals(18_540, drops, 0.1 * 18_540);
        run(Mode.PACE_ALL, 100);
        assertEquals(0, drops);
    }

    @Test
    void pacingTheElephantAloneFreesTheMice() {
        run(Mode.NONE, Double.MAX_VALUE);
        double unshaped = p99Millis(mice);
        run(Mode.PACE_FLOWS, Double.MAX_VALUE);
        assertMice(3.0, 12.2);
        assertTrue(p99Millis(mice) <= 0.1 * unshaped);
        assertEquals(0, drops);
    }
}
