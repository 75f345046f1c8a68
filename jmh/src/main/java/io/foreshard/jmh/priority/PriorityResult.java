package io.foreshard.jmh.priority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one run gave.
 *
 * @param bulkBytes bulk delivered while urgent messages counted
 * @param nanos how long that was
 * @param takenNanos of each urgent message that counts, from its intended start to its delivery
 */
record PriorityResult(long bulkBytes, long nanos, List<Long> takenNanos) {

    private static final double BITS_PER_BYTE_AND_NANOS_PER_SECOND_AND_MEGA = 8e3;

    PriorityResult {
        takenNanos = List.copyOf(takenNanos);
    }

    static PriorityResult read(Path file) throws IOException {
        List<Long> numbers =
                Files.readAllLines(file).stream().map(Long::valueOf).toList();
        return new PriorityResult(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size()));
    }

    void write(Path file) throws IOException {
        List<Long> numbers = new ArrayList<>(List.of(bulkBytes, nanos));
        numbers.addAll(takenNanos);
        Files.write(file, numbers.stream().map(String::valueOf).toList());
    }

    double bulkMegabitsPerSecond() {
        return BITS_PER_BYTE_AND_NANOS_PER_SECOND_AND_MEGA * bulkBytes / nanos;
    }

    String text() {
        PriorityTally alone = new PriorityTally();
        alone.add(this);
        return String.format(
                Locale.ROOT,
                "urgent p50 %.1f p99 %.1f ms of %d, bulk %.1f Mbit/s",
                alone.millis(50),
                alone.millis(99),
                takenNanos.size(),
                bulkMegabitsPerSecond());
    }
}
