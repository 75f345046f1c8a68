package io.foreshard.examples.sendfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.examples.sendfile.TransferResult.Completion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferResultTest {

    private static TransferResult of(int messages) {
        List<Completion> completions = IntStream.rangeClosed(1, messages)
                .mapToObj(i -> new Completion(i, i))
                .toList();
        return new TransferResult("p", "", 2, 1_000, completions, 0, "", 0, 0, 0, 0, 0, 0, new Recording());
    }

    @Test
    void takesTheNearestRankAsPercentile() {
        assertEquals(500, of(1_000).percentile(50));
        assertEquals(990, of(1_000).percentile(99));
        assertEquals(1, of(1).percentile(99));
        assertEquals(Double.NaN, of(0).percentile(50));
    }

    @Test
    void showsThe99thPercentileOnlyWithAThousandSamples() {
        assertEquals(90, of(999).tail());
        assertEquals(99, of(1_000).tail());
    }

    @Test
    void leavesOutWhatWasDueEarlier() {
        assertEquals(501, of(1_000).dueFrom(500).completions().size());
        assertEquals(900, of(1_000).dueFrom(800).percentile(50));
    }

    @Test
    void countsGoodputOverTheWholeTransfer() {
        assertEquals(500, of(1).goodputBytesPerSecond());
    }
}
