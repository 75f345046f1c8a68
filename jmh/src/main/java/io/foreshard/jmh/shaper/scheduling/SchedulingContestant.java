package io.foreshard.jmh.shaper.scheduling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One scheduler under load. */
final class SchedulingContestant {

    private SchedulingContestant() {}

    /**
     * Runs the program.
     *
     * @param arguments the file for nanoseconds and bytes per packet, the contender's name, how many flows, packets to warm up, packets
     *     to measure
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Course course = Contender.valueOf(arguments[1]).course(Integer.parseInt(arguments[2]));
        course.run(Long.parseLong(arguments[3]));
        Course.Cost cost = course.run(Long.parseLong(arguments[4]));
        Files.writeString(Path.of(arguments[0]), cost.nanos() + " " + cost.allocatedBytes());
        // The wheel's thread would keep it alive.
        System.exit(0);
    }
}
