package io.foreshard.jmh.shaper.scheduling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What ours holds for flows that are idle, and for flows with a packet each. */
final class MemoryContestant {

    private static final double TRICKLE = 1e-3;

    private MemoryContestant() {}

    /**
     * Runs the program.
     *
     * @param arguments the file for bytes per idle flow and per flow with a packet; how many flows
     */
    public static void main(String[] arguments) throws IOException {
        int flows = Integer.parseInt(arguments[1]);
        // Loads the classes.
        fill(new ForeshardScheduler(1, Double.POSITIVE_INFINITY), 1);
        long before = usedBytes();
        ForeshardScheduler scheduler = new ForeshardScheduler(flows, Double.POSITIVE_INFINITY);
        fill(scheduler, flows);
        check(scheduler.flows() == flows && scheduler.queuedPackets() == 0);
        double idle = (usedBytes() - before) / (double) flows;
        scheduler.limit(TRICKLE);
        // The first goes through.
        scheduler.offer(new Tuple().of(0), 0);
        fill(scheduler, flows);
        double loaded = (usedBytes() - before) / (double) flows;
        check(scheduler.flows() == flows && scheduler.queuedPackets() == flows);
        Files.writeString(Path.of(arguments[0]), idle + " " + loaded);
    }

    private static void check(boolean expected) {
        if (!expected) {
            throw new IllegalStateException("not all flows are as they should be");
        }
    }

    private static void fill(ForeshardScheduler scheduler, int flows) {
        Tuple key = new Tuple();
        for (int flow = 0; flow < flows; flow++) {
            scheduler.offer(key.of(flow), 0);
        }
    }

    private static long usedBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
