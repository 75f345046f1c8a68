package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossyTimesTest {

    private final LossyTimes times = new LossyTimes(List.of(
            new LossyTime(0, 9, false, true),
            new LossyTime(1, 8, false, false),
            new LossyTime(2, 7, true, true),
            new LossyTime(3, 60, true, false)));

    @Test
    void aFileGivesBackWhatWasWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rows.csv");
        times.write(file);
        assertEquals(times, LossyTimes.read(file));
    }

    @Test
    void whatStartsInTheWarmUpDoesNotCount() {
        assertArrayEquals(new long[] {7, 60}, times.counted().toArray());
        assertEquals(1, times.missing());
        assertEquals(2, times.arrivals());
    }

    @Test
    void overheadIsWhatWasSentBeyondTheContentsThatArrived() {
        assertEquals(0.5, new LossyResult(times, 3L * Arrivals.MESSAGE_BYTES, 0).overhead());
    }
}
