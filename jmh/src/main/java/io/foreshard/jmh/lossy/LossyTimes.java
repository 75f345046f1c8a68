package io.foreshard.jmh.lossy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What one run of a contestant gave.
 *
 * @param messages in the order of their starts
 */
record LossyTimes(List<LossyTime> messages) {

    private static final String HEADER = "intended_nanos,taken_nanos,counts,arrived";

    LossyTimes {
        messages = List.copyOf(messages);
    }

    static LossyTimes read(Path file) throws IOException {
        return new LossyTimes(
                Files.readAllLines(file).stream().skip(1).map(LossyTime::parse).toList());
    }

    void write(Path file) throws IOException {
        Files.write(
                file,
                Stream.concat(Stream.of(HEADER), messages.stream().map(LossyTime::row))
                        .toList());
    }

    /** Returns the times of the messages that count. */
    LongStream counted() {
        return messages.stream().filter(LossyTime::counts).mapToLong(LossyTime::takenNanos);
    }

    /** Returns how many of those that count did not arrive. */
    int missing() {
        return (int) messages.stream()
                .filter(message -> message.counts() && !message.arrived())
                .count();
    }

    int arrivals() {
        return (int) messages.stream().filter(LossyTime::arrived).count();
    }
}
