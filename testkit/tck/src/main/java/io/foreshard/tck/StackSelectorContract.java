package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackSelector;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What a multiplexer relies on in a {@link StackSelector}. A test class implements {@link #selector()} and inherits the tests. The stacks are
 * the same in every run.
 */
public interface StackSelectorContract {

    /** The most that a pick may allocate on average, in bytes. */
    double MAX_BYTES_PER_PICK = 1;

    /**
     * Returns the selector under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    StackSelector selector();

    /** It picks a stack that takes the message, if there is one: never one that is full, draining, frozen or not there. */
    @Test
    default void picksOnlyStacksThatTakeTheMessage() {
        StackSelector selector = selector();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            RandomStacks stacks = new RandomStacks(random);
            int picked = selector.pick(stacks, random.nextLong());
            if (stacks.anyTakes()) {
                assertTrue(picked >= 0 && picked < stacks.size(), () -> picked + " of " + stacks.size());
                assertTrue(stacks.takes(picked), () -> "picked " + picked + ", which does not take the message");
            } else {
                assertEquals(StackSelector.NONE, picked);
            }
        }
    }

    /** It is a function of what it sees and is handed, whatever it has picked before. */
    @Test
    default void answersTheSameTwice() {
        StackSelector used = selector();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 5_000; i++) {
            RandomStacks stacks = new RandomStacks(random);
            long draw = random.nextLong();
            int picked = used.pick(stacks, draw);
            assertEquals(picked, used.pick(stacks, draw));
            assertEquals(picked, selector().pick(stacks, draw));
        }
    }

    /** It is called for each message. */
    @Test
    default void allocatesNothing() {
        StackSelector selector = selector();
        SplittableRandom random = new SplittableRandom(3);
        RandomStacks[] views = new RandomStacks[64];
        for (int i = 0; i < views.length; i++) {
            views[i] = new RandomStacks(random);
        }
        int picks = 50_000;
        Runnable run = () -> {
            for (int i = 0; i < picks; i++) {
                selector.pick(views[i % views.length], i * 0x9E3779B97F4A7C15L);
            }
        };
        run.run();
        double perPick = AllocatedBytes.by(run) / (double) picks;
        assertTrue(perPick <= MAX_BYTES_PER_PICK, () -> perPick + " bytes per pick");
    }
}
