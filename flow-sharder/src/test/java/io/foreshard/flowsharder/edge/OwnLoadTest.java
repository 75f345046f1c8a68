package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OwnLoadTest {

    private final OwnLoad own = new OwnLoad();

    @Test
    void isAllOfTheLoadWhereNobodyElseWasSeen() {
        assertEquals(0.5, own.of("a", 50, 0.5), 1e-9);
        assertEquals(0.25, own.of("a", 25, 0.25), 1e-3);
    }

    @Test
    void isWhatTheNodeCarriedOfOursAloneWhenOthersCome() {
        own.of("a", 50, 0.5);
        assertEquals(0.5, own.of("a", 50, 0.9), 1e-3);
        assertEquals(0.2, own.of("a", 20, 0.8), 1e-3);
    }

    @Test
    void isNothingWhereNothingIsKnown() {
        assertEquals(0, own.of("a", 50, Double.NaN));
        assertEquals(0, own.of("a", 0, 0.5));
        assertEquals(0, own.of("a", Double.NaN, 0.5));
        assertEquals(0, own.of("a", 50, 0.01), "so low a load tells nothing");
    }

    @Test
    void isNeverMoreThanTheLoad() {
        own.of("a", 10, 0.9);
        assertEquals(0.2, own.of("a", 1000, 0.2), 1e-9);
    }

    @Test
    void keepsNodesApart() {
        own.of("a", 50, 0.5);
        assertEquals(0.9, own.of("b", 50, 0.9), 1e-9);
    }
}
