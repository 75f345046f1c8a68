package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EwmaTest {

    @Test
    void startsAtTheFirstValueAndMovesByTheWeight() {
        Ewma average = new Ewma(0.25);
        average.update(8);
        assertEquals(8, average.get());
        average.update(16);
        // 3/4 * 8 + 1/4 * 16
        assertEquals(10, average.get());
    }

    @Test
    void ignoresWhatIsNotFinite() {
        Ewma average = new Ewma(0.5);
        average.update(Double.NaN);
        average.update(Double.NEGATIVE_INFINITY);
        assertTrue(average.isEmpty());
        assertTrue(Double.isNaN(average.get()));
        average.update(4);
        average.update(Double.NaN);
        average.update(Double.POSITIVE_INFINITY);
        assertEquals(4, average.get());
        assertFalse(average.isEmpty());
    }

    @Test
    void staysFiniteBetweenTheLargestValues() {
        Ewma average = new Ewma(0.5);
        average.update(Double.MAX_VALUE);
        average.update(-Double.MAX_VALUE);
        assertEquals(0, average.get());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void refusesAWeightOutsideItsRange(double weight) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> new Ewma(weight));
        assertEquals("weight: " + weight + " (expected: > 0, <= 1)", thrown.getMessage());
    }
}
