package io.foreshard.jmh.striping.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of another process, its threads and the system's work for it included, as Linux counts it (proc(5)). */
final class ProcessCpu {

    /** What {@code getconf CLK_TCK} says on all architectures that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private ProcessCpu() {}

    static double seconds(long pid) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name of the program, in brackets, may hold anything.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_PER_SECOND;
    }
}
