package io.foreshard.addrsharding.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuddySpaceTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 100, 128, 1000, 4096, 5000, 1 << 14})
    void doesWhatANaiveModelDoes(int units) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        BuddySpace space = BuddySpace.ofFree(units);
        NaiveSpace model = new NaiveSpace(units);
        for (int step = 0; step < 4_000; step++) {
            String seeded = "seed " + seed + ", step " + step;
            int order = Math.min(space.maxOrder(), (int) (-Math.log(random.nextDouble()) * 2));
            int unit = random.nextInt(units - (1 << order) + 1) >>> order << order;
            boolean isFilling = step / 500 % 2 == 0;
            switch (random.nextInt(isFilling ? 4 : 6)) {
                case 0, 1 -> assertEquals(model.assign(order), space.assign(order), seeded);
                case 2 -> assertEquals(model.claim(unit, order), space.claim(unit, order), seeded);
                default -> {
                    assertEquals(model.isAnyFree(unit, order), space.isAnyFree(unit, order), seeded);
                    if (model.isAnyFree(unit, order)) {
                        assertThrows(IllegalArgumentException.class, () -> space.release(unit, order), seeded);
                    } else {
                        model.release(unit, order);
                        space.release(unit, order);
                    }
                }
            }
            assertEquals(model.isFree(unit, order), space.isFree(unit, order), seeded);
            assertEquals(model.freeUnits(), space.freeUnits(), seeded);
            int within = random.nextInt(order + 1);
            assertEquals(model.firstFree(within, unit, order), space.firstFree(within, unit, order), seeded);
            if (step % 50 == 0) {
                assertArrayEquals(model.freeBlocks(space.maxOrder()), space.freeBlocks(), seeded);
                assertEquals(model.largestFreeOrder(), space.largestFreeOrder(), seeded);
            }
        }
    }

    @Test
    void isWholeAgainWhenAllIsGivenBackInOtherPieces() {
        BuddySpace space = BuddySpace.ofFree(1 << 10);
        assertEquals(0, space.assign(10));
        assertEquals(BuddySpace.NONE, space.assign(0));
        assertEquals(BuddySpace.NONE, space.largestFreeOrder());
        for (int unit = 0; unit < 1 << 10; unit++) {
            space.release(unit, 0);
        }
        assertEquals(10, space.largestFreeOrder());
    }

    @Test
    void tellsHowManyOfEachSizeCanBeHad() {
        BuddySpace space = BuddySpace.ofFree(256);
        assertTrue(space.claim(128, 0));
        assertArrayEquals(new long[] {255, 127, 63, 31, 15, 7, 3, 1, 0}, space.availableBlocks());
    }

    @Test
    void aBlockThatIsTakenInPartIsNotClaimed() {
        BuddySpace space = BuddySpace.ofFree(256);
        assertTrue(space.claim(70, 1));
        assertFalse(space.claim(0, 8));
        assertFalse(space.claim(64, 6));
        assertFalse(space.claim(70, 0));
        assertTrue(space.claim(68, 1));
        assertEquals(252, space.freeUnits());
    }

    @Test
    void blocksThatAreNoneAreRefused() {
        BuddySpace space = BuddySpace.ofFree(100);
        assertThrows(IllegalArgumentException.class, () -> space.claim(1, 1));
        assertThrows(IllegalArgumentException.class, () -> space.claim(100, 0));
        assertThrows(IllegalArgumentException.class, () -> space.release(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> space.isFree(64, 6));
        assertThrows(IllegalArgumentException.class, () -> space.assign(7));
        assertThrows(IllegalArgumentException.class, () -> BuddySpace.ofFree(0));
        assertThrows(IllegalArgumentException.class, () -> BuddySpace.ofFree(BuddySpace.MAX_UNITS + 1));
    }
}
