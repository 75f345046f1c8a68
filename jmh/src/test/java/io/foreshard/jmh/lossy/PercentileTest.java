package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentileTest {

    @Test
    void isTheSmallestValueThatSoManyPerCentDoNotExceed() {
        assertEquals(99, Percentile.of(LongStream.rangeClosed(1, 100), 99));
        assertEquals(50, Percentile.of(LongStream.rangeClosed(1, 100), 50));
        assertEquals(100, Percentile.of(LongStream.rangeClosed(1, 100), 100));
        assertEquals(990, Percentile.of(LongStream.rangeClosed(1, 1000).map(value -> 1001 - value), 99));
        assertEquals(7, Percentile.of(LongStream.of(7), 1));
    }

    @Test
    void ofNothingIsNoNumber() {
        assertEquals(Double.NaN, Percentile.of(LongStream.empty(), 99));
    }
}
