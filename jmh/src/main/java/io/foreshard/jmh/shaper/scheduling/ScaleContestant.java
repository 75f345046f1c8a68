package io.foreshard.jmh.shaper.scheduling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ours with few flows and with many, and beside it what it costs to touch one record of so many at random. */
final class ScaleContestant {

    private ScaleContestant() {}

    /**
     * Runs the program.
     *
     * @param arguments the file for nanoseconds per packet with few and with many flows, nanoseconds per touch and bytes per packet; how
     *     many few and many are, packets to measure
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int few = Integer.parseInt(arguments[1]);
        int many = Integer.parseInt(arguments[2]);
        long packets = Long.parseLong(arguments[3]);
        Course.Cost small = cost(few, packets);
        Course.Cost large = cost(many, packets);
        double touch = new RecordTouches(many).nanos(packets);
        Files.writeString(
                Path.of(arguments[0]),
                small.nanos() + " " + large.nanos() + " " + touch + " "
                        + Math.max(small.allocatedBytes(), large.allocatedBytes()));
    }

    private static Course.Cost cost(int flows, long packets) throws InterruptedException {
        Course course = Contender.FORESHARD.course(flows);
        course.run(packets);
        return course.run(packets);
    }
}
