package io.foreshard.jmh.forecast;

import com.sun.management.OperatingSystemMXBean;
import io.foreshard.coreapi.Forecaster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Updates many forecasters in turn, as one core does at 1 Hz, without the pauses; each has a state that no cache holds. */
final class FleetContestant {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int STRIDE = 37;
    private static final long SEED = 1;

    private final SyntheticLoad load = new SyntheticLoad(SEED);
    private final Forecaster[] fleet;
    private int now;

    private FleetContestant(Contender contender, int size) {
        fleet = new Forecaster[size];
        for (int index = 0; index < size; index++) {
            fleet[index] = contender.forecaster();
        }
    }

    /**
     * Runs the program.
     *
     * @param arguments the file for the rows, the forecaster's name, how many of it, sweeps to warm up, sweeps to measure
     */
    public static void main(String[] arguments) throws IOException {
        long before = usedBytes();
        int size = Integer.parseInt(arguments[2]);
        FleetContestant contestant = new FleetContestant(new Contender(arguments[1]), size);
        contestant.sweep(Integer.parseInt(arguments[3]));
        double bytesPerSeries = (usedBytes() - before) / (double) size;
        int sweeps = Integer.parseInt(arguments[4]);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = system.getProcessCpuTime();
        contestant.sweep(sweeps);
        double cpuSeconds = (system.getProcessCpuTime() - start) / NANOS_PER_SECOND / sweeps;
        Files.writeString(
                Path.of(arguments[0]),
                String.format(
                        Locale.ROOT, "cpu_s_per_sweep,bytes_per_series%n%.6f,%.1f%n", cpuSeconds, bytesPerSeries));
    }

    private void sweep(int sweeps) {
        for (int end = now + sweeps; now < end; now++) {
            for (int index = 0; index < fleet.length; index++) {
                fleet[index].update(load.at(index * STRIDE + now));
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
