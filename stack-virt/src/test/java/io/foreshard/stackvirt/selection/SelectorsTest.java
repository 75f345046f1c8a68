package io.foreshard.stackvirt.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackSelector;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectorsTest {

    private static final int PICKS = 10_000;

    /** Returns how often each is picked. */
    private static int[] picks(StackSelector selector, Stacks stacks) {
        SplittableRandom random = new SplittableRandom(1);
        int[] picks = new int[stacks.size()];
        for (int i = 0; i < PICKS; i++) {
            picks[selector.pick(stacks, random.nextLong())]++;
        }
        return picks;
    }

    private static int[] picksByDefault(Stacks stacks) {
        return picks(HotColdSelector.builder().build(), stacks);
    }

    @Test
    void theFastestOfTheColdStacksIsPicked() {
        Stacks stacks = Stacks.of(10);
        stacks.at(7).latencyNanos = 500;
        assertEquals(PICKS, picksByDefault(stacks)[7]);
    }

    @Test
    void stacksThatAreAboutAsFastAreTakenByWhatTheyHaveAndThenByChance() {
        Stacks stacks = Stacks.of(10);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).latencyNanos = 1000L + i;
            stacks.at(i).inFlight = i < 3 ? 1 : 2;
        }
        int[] picks = picksByDefault(stacks);
        for (int i = 0; i < 3; i++) {
            assertTrue(picks[i] > PICKS / 10, "stack " + i + ": " + picks[i]);
        }
        assertEquals(PICKS, picks[0] + picks[1] + picks[2]);
    }

    @Test
    void aFastStackWithMuchInFlightIsLeftAlone() {
        Stacks stacks = Stacks.of(10);
        stacks.at(7).latencyNanos = 500;
        stacks.at(7).inFlight = 9;
        assertEquals(0, picksByDefault(stacks)[7]);
    }

    @Test
    void ofHotStacksTheOneWithTheFewestInFlightIsPicked() {
        Stacks stacks = Stacks.of(10);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).takes = i >= 8;
            stacks.at(i).inFlight = i;
        }
        stacks.at(9).latencyNanos = 1;
        HotColdSelector strict = HotColdSelector.builder().hotQuantile(0).build();
        assertEquals(PICKS, picks(strict, stacks)[8]);
    }

    @Test
    void aMessageThatWaitsLongTellsThatAStackIsSlow() {
        Stacks stacks = Stacks.of(10);
        stacks.at(7).latencyNanos = 500;
        stacks.at(7).oldestNanos = 1_000_000;
        assertEquals(0, picksByDefault(stacks)[7]);
    }

    @Test
    void aForecastLeavesAStackAloneButNeverMakesOneFast() {
        Stacks stacks = Stacks.of(10);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).inFlight = 4;
        }
        stacks.at(7).latencyNanos = 500;
        stacks.at(7).expected = 8;
        assertEquals(0, picksByDefault(stacks)[7]);
        stacks.at(7).latencyNanos = 2000;
        stacks.at(7).expected = 0;
        for (int i = 0; i < 7; i++) {
            stacks.at(i).expected = 1e9;
        }
        assertEquals(0, picksByDefault(stacks)[7], "what others expect does not make it faster");
    }

    @Test
    void failingFastAttractsNothing() {
        Stacks stacks = Stacks.of(10);
        stacks.at(7).latencyNanos = 1;
        stacks.at(7).errorShare = 0.5;
        assertEquals(0, picksByDefault(stacks)[7]);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).takes = i == 7;
        }
        assertEquals(PICKS, picksByDefault(stacks)[7], "better than none");
    }

    @Test
    void whenAllFailAlikeNoneIsBlamed() {
        Stacks stacks = Stacks.of(10);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).errorShare = 0.9;
        }
        stacks.at(7).latencyNanos = 500;
        assertEquals(PICKS, picksByDefault(stacks)[7]);
    }

    @Test
    void aStackWithoutMemoryOrProcessorTimeComesLast() {
        Stacks stacks = Stacks.of(10);
        stacks.at(7).latencyNanos = 500;
        stacks.at(7).headroom = 0.01;
        assertEquals(0, picksByDefault(stacks)[7]);
    }

    @Test
    void oneInAHundredGoesToAStackThatWasNotHeardOfForAWhile() {
        Stacks stacks = Stacks.of(10);
        stacks.at(7).latencyNanos = 100_000;
        assertEquals(0, picksByDefault(stacks)[7]);
        stacks.at(7).ageNanos = 5_000_000_000L;
        int picked = picksByDefault(stacks)[7];
        assertTrue(picked > PICKS / 250 && picked < PICKS / 70, () -> picked + " of " + PICKS);
        stacks.at(7).inFlight = 1;
        assertEquals(0, picksByDefault(stacks)[7], "one at a time");
    }

    @Test
    void withOldDataOneOfTwoDrawnIsPicked() {
        Stacks stacks = Stacks.of(10);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).ageNanos = 5_000_000_000L;
            stacks.at(i).inFlight = i;
        }
        int[] picks = picksByDefault(stacks);
        assertTrue(picks[0] > picks[5] && picks[5] > picks[8] && picks[8] > 0 && picks[9] == 0);
    }

    @Test
    void roundRobinTakesOneAfterTheOther() {
        RoundRobinSelector selector = new RoundRobinSelector();
        Stacks stacks = Stacks.of(3);
        assertEquals(0, selector.pick(stacks, 0));
        stacks.previous = 0;
        stacks.at(1).takes = false;
        assertEquals(2, selector.pick(stacks, 0));
        stacks.previous = 2;
        assertEquals(0, selector.pick(stacks, 0));
    }

    @Test
    void leastInFlightDrawsAmongEqualsEvenly() {
        Stacks stacks = Stacks.of(10);
        for (int i = 0; i < 10; i++) {
            stacks.at(i).inFlight = i % 2;
        }
        stacks.at(3).weight = 1e9;
        int[] picks = picks(new LeastInFlightSelector(), stacks);
        for (int i = 0; i < 10; i++) {
            int picked = picks[i];
            boolean fair = i % 2 == 0 ? picked > PICKS / 6 && picked < PICKS / 4 : picked == 0;
            assertTrue(fair, "stack " + i + ": " + picked);
        }
    }

    @Test
    void settingsSayWhatIsWrongWithThem() {
        HotColdSelector.Builder wrong = HotColdSelector.builder().hotQuantile(1.5);
        assertEquals(
                "hotQuantile: 1.5 (expected: 0.0…1.0)",
                assertThrows(IllegalArgumentException.class, wrong::build).getMessage());
    }
}
