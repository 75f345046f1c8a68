package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OpenLoopClientTest {

    @Test
    void requestsAreDueAtTheSameTimesForTheSameSeed() {
        assertArrayEquals(OpenLoopClient.arrivals(100, 10, 7), OpenLoopClient.arrivals(100, 10, 7));
        assertFalse(Arrays.equals(OpenLoopClient.arrivals(100, 10, 7), OpenLoopClient.arrivals(100, 10, 8)));
    }

    @Test
    void requestsComeAtTheRateInOrderAndWithinTheTime() {
        double[] due = OpenLoopClient.arrivals(100, 100, 1);
        assertEquals(10_000, due.length, 500);
        assertTrue(due[0] > 0 && due[due.length - 1] < 100);
        for (int index = 1; index < due.length; index++) {
            assertTrue(due[index] > due[index - 1]);
        }
    }
}
