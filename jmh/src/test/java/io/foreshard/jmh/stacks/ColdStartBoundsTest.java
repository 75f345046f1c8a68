package io.foreshard.jmh.stacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColdStartBoundsTest {

    private static final long HOUR = 3_600_000;

    private static StackDemand demand(Intensity intensity, long... arrivals) {
        StackDemand.Kind kind = new StackDemand.Kind("one", arrivals, 1000, 4, 40, Optional.of(intensity));
        return new StackDemand("test", List.of(kind), 0, HOUR);
    }

    @Test
    void foreknowledgeStartsAheadAndGivesUpWhatIsWorthLeast() {
        StackDemand demand = demand(Intensity.ofSteps(0, HOUR, new double[] {1}), 600_000, 1_200_000, 1_200_010);
        Foreknowledge knows = new Foreknowledge(demand, 1);
        double all = knows.megabyteSeconds();
        double leads = 2 * 40 * Math.floor(StackReplay.coldMillis()) / 1000;
        assertTrue(all > leads && all < leads + 3 * 40 * 10, "memory " + all);
        assertEquals(0, Foreknowledge.exposed(List.of(knows), all));
        assertEquals(
                1,
                Foreknowledge.exposed(List.of(knows), all - 1),
                "the start for one message goes before that for two");
        assertEquals(3, Foreknowledge.exposed(List.of(knows), 0));
        Foreknowledge idle = new Foreknowledge(demand(Intensity.ofSteps(0, HOUR, new double[] {1})), 1);
        assertEquals(
                0,
                Foreknowledge.exposed(List.of(knows, idle), all),
                "one that needs nothing leaves its share to the others");
    }

    @Test
    void whoKnowsTheRateHoldsAStackOnlyWhileItIsHigh() {
        SplittableRandom random = new SplittableRandom(3);
        long[] arrivals = random.longs(2000, HOUR / 2, HOUR).sorted().toArray();
        arrivals[0] = 60_000;
        Intensity intensity = Intensity.ofSteps(0, HOUR / 2, new double[] {1 / 1800.0, 2000 / 1800.0});
        StackReplay replay = new StackReplay(demand(intensity, arrivals), 3);
        double budget = 1.2 * 40 * 1800;
        long exposed = ColdStartBounds.knowsRate(List.of(replay), budget);
        assertTrue(exposed >= 1 && exposed < 120, "seed 3: " + exposed);
    }

    @Test
    void aBatchIsSeenOnlyOnceItHasBegun() {
        BatchIntensity batches = new BatchIntensity(300_000, 1000);
        batches.add(1, 0, 100_000);
        batches.add(1, 0, 100_500);
        batches.add(1, 0, 101_000);
        batches.add(2, 0, 299_900);
        batches.add(2, 0, 300_900);
        assertEquals(0, batches.perSecond(99_999, 100_500));
        assertEquals(2, batches.perSecond(100_000, 100_500));
        assertEquals(0, batches.perSecond(101_000, 101_500));
        assertEquals(5 / 300.0, batches.unforeseenPerSecond(0), 1e-9, "three and two of two batches");
        assertEquals(1, batches.perSecond(300_100, 300_600), "a batch goes on in the next slot");
    }
}
