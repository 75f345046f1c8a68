package io.foreshard.flowshaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulingPropertyTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void whatComesInGoesOutWaitsOrIsDroppedAndFlowsKeepTheirOrder() {
        Property.named("conservation and order under changing rates and delays")
                .runs(300)
                .maxSize(400)
                .check((random, size) -> {
                    Bench bench = new Bench(Bench.tight(128 << 10, 32 << 10), random.nextInt(1000) * MILLI);
                    Map<Integer, Integer> numbers = new HashMap<>();
                    int refused = 0;
                    int offered = 0;
                    for (int step = 0; step < size; step++) {
                        for (int packet = random.nextInt(8); packet > 0; packet--) {
                            int flow = random.nextInt(1 + random.nextInt(40));
                            Admission admission = bench.send(
                                    random.nextInt(2),
                                    flow,
                                    numbers.merge(flow, 1, Integer::sum),
                                    1 + random.nextInt(3000));
                            refused += admission == Admission.REFUSED ? 1 : 0;
                            offered++;
                        }
                        disturb(bench, random);
                        bench.runFor(random.nextInt(5) * MILLI);
                        int waiting = bench.lanes.stream()
                                .mapToInt(Lane::queuedPackets)
                                .sum();
                        assertEquals(offered, bench.left.size() + bench.dropped.size() + waiting + refused);
                        assertTrue(bench.scheduler.heldBytes()
                                <= Bench.tight(128 << 10, 32 << 10).queueBytes());
                    }
                    bench.ready = true;
                    bench.lanes.forEach(lane -> lane.resume(bench.now));
                    bench.delay = flow -> 0;
                    bench.rate(Double.POSITIVE_INFINITY);
                    bench.runFor(MILLI);
                    assertEquals(0, bench.scheduler.heldBytes());
                    assertEquals(0, bench.bottleneck.backlogBytes());
                    assertEquals(offered, bench.left.size() + bench.dropped.size() + refused);
                    assertOrdered(bench);
                });
    }

    private static void disturb(Bench bench, SeededRandom random) {
        switch (random.nextInt(12)) {
            case 0 -> bench.rate(1 + random.nextInt(3_000_000));
            case 1 -> bench.rate(Double.POSITIVE_INFINITY);
            case 2 -> bench.rate(Double.NaN);
            case 3 -> {
                long most = random.nextInt(100) * MILLI;
                bench.delay = flow -> flow.packetBytes() % 3 * most;
            }
            case 4 -> bench.ready = false;
            case 5 -> {
                bench.ready = true;
                bench.lanes.forEach(lane -> lane.resume(bench.now));
            }
            case 6 -> bench.scheduler.forgetIdle(bench.now, 10_000 * MILLI);
            default -> {}
        }
    }

    /** A lane's flow of the same number is another flow, so each number of a flow increases within its lane's departures. */
    private static void assertOrdered(Bench bench) {
        Map<String, Integer> last = new HashMap<>();
        for (Bench.Left left : bench.left) {
            String flow = left.sent().lane() + "/" + left.sent().flow();
            Integer before = last.put(flow, left.sent().number());
            assertTrue(before == null || before < left.sent().number(), () -> flow + " out of order");
        }
    }

    @Test
    void theWheelReturnsFlowsByTheirTicks() {
        Property.named("wheel order").runs(300).maxSize(300).check((random, size) -> {
            FlowWheel wheel = new FlowWheel(0);
            Lane lane = new Bench().lanes.get(0);
            Map<Flow, Long> ticks = new HashMap<>();
            for (int step = 0; step < size; step++) {
                if (random.nextInt(3) > 0) {
                    long ahead = random.nextInt(4) == 0
                            ? random.nextLong() >>> (1 + random.nextInt(60))
                            : random.nextInt(200);
                    long tick = Math.max(0, wheel.nowTick() + ahead);
                    Flow flow = new Flow(lane, Bench.key(step));
                    wheel.add(flow, tick);
                    ticks.put(flow, Math.max(tick, wheel.nowTick()));
                } else {
                    assertTrue(wheel.firstTick() >= wheel.nowTick());
                    Flow flow = wheel.poll(Long.MAX_VALUE);
                    assertEquals(!ticks.isEmpty(), flow != null);
                    if (flow != null) {
                        assertEquals(ticks.remove(flow), wheel.nowTick());
                        assertTrue(ticks.values().stream().allMatch(tick -> tick >= wheel.nowTick()));
                    }
                }
                assertEquals(ticks.size(), wheel.size());
            }
        });
    }
}
