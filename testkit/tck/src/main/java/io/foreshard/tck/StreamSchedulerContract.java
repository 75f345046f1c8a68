package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.StreamScheduler;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the flow sharder relies on in a {@link StreamScheduler}. A test class implements {@link #scheduler()} and inherits the tests. The
 * legs are the same in every run.
 */
public interface StreamSchedulerContract {

    /** The most that a pick may allocate on average, in bytes. */
    double MAX_BYTES_PER_PICK = 1;

    /**
     * Returns the scheduler under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    StreamScheduler scheduler();

    /** It picks legs that there are, and that have room. */
    @Test
    default void picksNoLegWithoutRoom() {
        StreamScheduler scheduler = scheduler();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            RandomLegs legs = new RandomLegs(random);
            long set = pick(scheduler, legs, random);
            if (set != StreamScheduler.WAIT) {
                assertNotEquals(0, set & legs.free(), () -> "picked " + Long.toBinaryString(set));
            }
            long there = legs.size() == Long.SIZE ? -1 : (1L << legs.size()) - 1;
            assertEquals(0, set & ~there, () -> "picked " + Long.toBinaryString(set) + " of " + legs.size());
        }
    }

    /** A stream with the only leg there is goes on. */
    @Test
    default void doesNotWaitForNothing() {
        StreamScheduler scheduler = scheduler();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 5_000; i++) {
            RandomLegs legs = new RandomLegs(random);
            if (legs.size() == 1 && legs.free() == 1) {
                assertEquals(1, pick(scheduler, legs, random));
            }
        }
    }

    /** It is called for each piece. */
    @Test
    default void allocatesNothing() {
        StreamScheduler scheduler = scheduler();
        SplittableRandom random = new SplittableRandom(3);
        RandomLegs legs = new RandomLegs(random);
        int picks = 50_000;
        Runnable run = () -> {
            for (int i = 0; i < picks; i++) {
                scheduler.pick(legs, 32_768, i, 1 << 20);
            }
        };
        run.run();
        double perPick = AllocatedBytes.by(run) / (double) picks;
        assertTrue(perPick <= MAX_BYTES_PER_PICK, () -> perPick + " bytes per pick");
    }

    private static long pick(StreamScheduler scheduler, RandomLegs legs, SplittableRandom random) {
        long backlog = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextLong(8 << 20);
        return scheduler.pick(legs, 1 + random.nextInt(32_768), backlog, random.nextLong(32 << 20));
    }
}
