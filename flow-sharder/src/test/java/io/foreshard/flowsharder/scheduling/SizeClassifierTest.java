package io.foreshard.flowsharder.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.flowsharder.spi.FlowView;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SizeClassifierTest {

    private final SizeClassifier classifier = new SizeClassifier();

    /** A flow of these chunks, and nothing else. */
    private static FlowView flow(int... chunks) {
        return new FlowView() {
            @Override
            public String target() {
                return "origin:80";
            }

            @Override
            public long ageNanos() {
                return 0;
            }

            @Override
            public long sentBytes() {
                return Arrays.stream(chunks)
                        .filter(bytes -> bytes > 0)
                        .asLongStream()
                        .sum();
            }

            @Override
            public long receivedBytes() {
                return -Arrays.stream(chunks)
                        .filter(bytes -> bytes < 0)
                        .asLongStream()
                        .sum();
            }

            @Override
            public int chunks() {
                return Math.min(chunks.length, MOST_CHUNKS);
            }

            @Override
            public int chunkBytes(int index) {
                return chunks[index];
            }
        };
    }

    @Test
    void knowsNothingOfAFlowThatBegins() {
        assertEquals(FlowKind.UNKNOWN, classifier.classify(flow()));
        assertEquals(FlowKind.UNKNOWN, classifier.classify(flow(100, -300)));
    }

    @Test
    void takesSmallChunksBothWaysForInteractive() {
        assertEquals(FlowKind.INTERACTIVE, classifier.classify(flow(100, -300, 80, -1024)));
        assertEquals(FlowKind.UNKNOWN, classifier.classify(flow(100, 300, 80, 1024)), "one way only");
        assertEquals(FlowKind.UNKNOWN, classifier.classify(flow(100, -300, 80, -1025)), "one is large");
    }

    @Test
    void takesAFlowForBulkOnceItHasMovedMuch() {
        assertEquals(FlowKind.UNKNOWN, classifier.classify(flow(200, -32_768)));
        int[] many = new int[9];
        Arrays.fill(many, -32_768);
        assertEquals(FlowKind.BULK, classifier.classify(flow(many)));
        assertEquals(FlowKind.BULK, classifier.classify(flow(Integer.MIN_VALUE + 1)));
    }
}
