package io.foreshard.flowshaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long MILLI = 1_000_000L;
    private static final int PACKET = 1000;
    private static final int MANY = 100;

    @Test
    void itMakesNoDifferenceWhetherPacketsAreBroughtToTheirFlowsOneByOneOrTogether() {
        Property.named("one by one or together").runs(300).maxSize(150).check((random, size) -> {
            long seed = random.nextLong();
            Bench together = new Bench(Bench.tight(512 << 10, 16 << 10), 0);
            Bench oneByOne = new Bench(Bench.tight(512 << 10, 16 << 10), 0);
            act(together, new SeededRandom(seed), size, false);
            act(oneByOne, new SeededRandom(seed), size, true);
            assertEquals(oneByOne.left, together.left);
            assertEquals(oneByOne.dropped, together.dropped);
            for (ShaperReason reason : ShaperReason.values()) {
                assertEquals(oneByOne.scheduler.count(reason), together.scheduler.count(reason), reason.toString());
            }
        });
    }

    private static void act(Bench bench, SeededRandom random, int size, boolean eager) {
        int[] number = new int[1];
        bench.onLeft = sent -> {
            // Some are answered, by another flow.
            if (sent.number() % 7 == 0) {
                send(bench, sent.lane(), sent.flow() + 1, number[0]++, sent.bytes(), eager);
            }
        };
        for (int step = 0; step < size; step++) {
            if (random.nextInt(8) == 0) {
                disturb(bench, random);
            }
            for (int packet = random.nextInt(MANY); packet > 0; packet--) {
                int flow = random.nextInt(1 + random.nextInt(40));
                send(bench, random.nextInt(2), flow, number[0]++, 1 + random.nextInt(3000), eager);
            }
            assertTrue(eager
                    || bench.scheduler.heldBytes()
                            <= Bench.tight(512 << 10, 16 << 10).queueBytes());
            bench.runFor(random.nextInt(5) * MILLI);
        }
        bench.rate(Double.POSITIVE_INFINITY).runFor(1000 * MILLI);
        assertEquals(0, bench.scheduler.heldBytes());
    }

    private static void send(Bench bench, int lane, int flow, int number, int bytes, boolean eager) {
        bench.send(lane, flow, number, bytes);
        if (eager) {
            bench.scheduler.settle();
        }
    }

    private static void disturb(Bench bench, SeededRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> bench.rate(1 + random.nextInt(30_000_000));
            case 1 -> {
                long most = random.nextInt(100) * MILLI;
                bench.scheduler.settle();
                bench.delay = flow -> flow.packetBytes() % 3 * most;
            }
            case 2 -> bench.scheduler.forgetIdle(bench.now, 10_000 * MILLI);
            default -> bench.rate(Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void whatIsCountedIsKnownAtOnce() {
        Bench bench = busy(1e6);
        int before = bench.lanes.get(0).queuedPackets();
        long arrived = bench.bottleneck.arrivedBytes();
        long waiting = bench.bottleneck.backlogBytes();
        long held = bench.scheduler.heldBytes();
        bench.send(77, 1, PACKET);
        assertEquals(before + 1, bench.lanes.get(0).queuedPackets());
        assertEquals(arrived + PACKET, bench.bottleneck.arrivedBytes());
        assertEquals(waiting + PACKET, bench.bottleneck.backlogBytes());
        assertTrue(bench.scheduler.heldBytes() >= held + PACKET);
        assertEquals(before + 1, bench.scheduler.flows() - 1);
    }

    @Test
    void aPacketThatIsSentWhileTheLastOfTheOthersLeavesIsNotForgotten() {
        Bench bench = new Bench(SchedulerConfig.DEFAULT, 0).rate(1e6);
        for (int flow = 0; flow < 4; flow++) {
            bench.send(flow, 0, PACKET);
        }
        bench.onLeft = sent -> {
            bench.onLeft = again -> {};
            bench.send(MANY, 0, PACKET);
        };
        // All leave in one go, at the latest the answer a little later.
        bench.rate(Double.POSITIVE_INFINITY);
        bench.runFor(10 * MILLI);
        assertEquals(List.of(0), bench.numbersOf(MANY));
        assertEquals(0, bench.lanes.get(0).queuedPackets());
    }

    @Test
    void aLaneThatIsClosedHasLetGoOfAllThatItTook() {
        for (boolean sends : new boolean[] {true, false}) {
            Bench bench = busy(1e6);
            int waiting = bench.lanes.get(0).queuedPackets();
            int before = bench.left.size();
            if (sends) {
                bench.lanes.get(0).flush();
            } else {
                bench.lanes.get(0).discard();
            }
            assertEquals(sends ? waiting : 0, bench.left.size() - before);
            assertEquals(sends ? 0 : waiting, bench.dropped.size());
            assertEquals(0, bench.scheduler.heldBytes());
        }
    }

    @Test
    void aLaneThatIsClosedByWhoHearsOfADropKeepsNothingOfWhatItTook() {
        Bench bench = new Bench(Bench.tight(512 << 10, 16 << 10), 0).rate(1);
        bench.onDropped = sent -> bench.lanes.get(sent.lane()).discard();
        int sent = 0;
        while (bench.dropped.isEmpty()) {
            bench.send(sent % 2, sent, PACKET);
            sent++;
        }
        assertEquals(0, bench.lanes.get(0).queuedPackets());
        assertEquals(0, bench.scheduler.heldBytes());
        assertEquals(sent, bench.left.size() + bench.dropped.size());
    }

    @Test
    void whatIsSentAgainAfterADropIsCountedToo() {
        Bench bench = new Bench(Bench.tight(512 << 10, 16 << 10), 0).rate(1);
        int[] sent = new int[1];
        bench.onDropped = lost -> {
            if (lost.number() < MANY) {
                bench.send(lost.flow(), MANY + sent[0]++, PACKET);
            }
        };
        for (int packet = 0; packet < MANY; packet++) {
            bench.send(packet % 2, packet, PACKET);
        }
        bench.scheduler.settle();
        assertTrue(sent[0] > 0, "something had to make room");
        int waiting = bench.lanes.get(0).queuedPackets();
        assertEquals(MANY + sent[0], bench.left.size() + bench.dropped.size() + waiting);
    }

    /** A lane with many flows that wait, whose last packets are not with them yet. */
    private static Bench busy(double bytesPerSecond) {
        Bench bench = new Bench(SchedulerConfig.DEFAULT, 0).rate(bytesPerSecond);
        for (int flow = 0; flow < 20; flow++) {
            bench.send(flow, 0, PACKET);
        }
        return bench;
    }
}
