package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    @Test
    void neverExceedsItsLimitUnderRandomOperations() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long limit = random.nextLong(10_000);
            ByteBudget budget = new ByteBudget(limit);
            long used = 0;
            long peak = 0;
            for (int step = 0; step < 500; step++) {
                String where = "seed " + seed + " step " + step;
                long bytes = random.nextLong(limit / 4 + 2);
                if (random.nextBoolean()) {
                    boolean fits = used + bytes <= limit;
                    assertEquals(fits, budget.tryReserve(bytes), where);
                    used += fits ? bytes : 0;
                    peak = Math.max(peak, used);
                } else if (bytes <= used) {
                    budget.release(bytes);
                    used -= bytes;
                } else {
                    assertThrows(IllegalStateException.class, () -> budget.release(bytes), where);
                }
                assertEquals(used, budget.usedBytes(), where);
                assertEquals(limit - used, budget.availableBytes(), where);
                assertEquals(peak, budget.peakBytes(), where);
                assertEquals(limit, budget.limitBytes(), where);
            }
        }
    }

    @Test
    void refusesARequestThatWouldOverflow() {
        ByteBudget budget = new ByteBudget(Long.MAX_VALUE);
        assertTrue(budget.tryReserve(10));
        assertFalse(budget.tryReserve(Long.MAX_VALUE));
        assertEquals(10, budget.usedBytes());
    }

    @Test
    void refusesNegativeAmounts() {
        ByteBudget budget = new ByteBudget(10);
        assertThrows(IllegalArgumentException.class, () -> budget.tryReserve(-1));
        assertThrows(IllegalArgumentException.class, () -> budget.release(-1));
        assertThrows(IllegalArgumentException.class, () -> new ByteBudget(-1));
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void saysWhatWasWrongWhenTooMuchIsReleased() {
        ByteBudget budget = new ByteBudget(10);
        assertTrue(budget.tryReserve(3));
        Exception thrown = assertThrows(IllegalStateException.class, () -> budget.release(4));
        assertEquals("bytes: 4 (expected: <= 3 in use)", thrown.getMessage());
    }
}
