package io.foreshard.stackvirt.cgroup;

import io.foreshard.stackvirt.spi.StackResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes and reads the limits of a control group. */
public final class CgroupLimits {

    /** In which the processor time is bounded: what runtimes use. */
    public static final long CPU_PERIOD_MICROS = 100_000;

    private final Cgroup group;

    /**
     * Reads and writes nothing yet.
     *
     * @param group whose
     */
    public CgroupLimits(Cgroup group) {
        this.group = group;
    }

    /**
     * Returns the processor time that a number of processors is in one {@link #CPU_PERIOD_MICROS}.
     *
     * @param cpus such as 0.25
     */
    public static long quotaMicros(double cpus) {
        return Math.max(1_000, Math.round(cpus * CPU_PERIOD_MICROS));
    }

    /**
     * Sets all limits. Those that are set when one is refused stay so.
     *
     * @param resources to what
     * @throws IOException if the kernel refuses one; the message has the file
     */
    public void write(StackResources resources) throws IOException {
        cpu(resources.cpus());
        memory(resources.memoryBytes());
        write("pids", "pids.max", Integer.toString(resources.processes()));
    }

    private void cpu(double cpus) throws IOException {
        long quota = quotaMicros(cpus);
        if (group.isUnified("cpu")) {
            write("cpu", "cpu.max", quota + " " + CPU_PERIOD_MICROS);
        } else {
            write("cpu", "cpu.cfs_period_us", Long.toString(CPU_PERIOD_MICROS));
            write("cpu", "cpu.cfs_quota_us", Long.toString(quota));
        }
    }

    private void memory(long bytes) throws IOException {
        String text = Long.toString(bytes);
        if (group.isUnified("memory")) {
            write("memory", "memory.max", text);
            write("memory", "memory.swap.max", "0");
            return;
        }
        // Memory with swap may never be below memory alone, so it depends on the direction which one goes first.
        boolean hasSwap = Files.exists(file("memory", "memory.memsw.limit_in_bytes"));
        boolean up = bytes > memoryBytes();
        if (hasSwap && up) {
            write("memory", "memory.memsw.limit_in_bytes", text);
        }
        write("memory", "memory.limit_in_bytes", text);
        if (hasSwap && !up) {
            write("memory", "memory.memsw.limit_in_bytes", text);
        }
    }

    /**
     * Returns the limit of memory.
     *
     * @throws IOException if it cannot be read
     */
    public long memoryBytes() throws IOException {
        return number(read("memory", group.isUnified("memory") ? "memory.max" : "memory.limit_in_bytes"));
    }

    /**
     * Returns the processor time in one {@link #CPU_PERIOD_MICROS}, or -1 for no limit.
     *
     * @throws IOException if it cannot be read
     */
    public long quotaMicros() throws IOException {
        if (group.isUnified("cpu")) {
            String text = read("cpu", "cpu.max");
            return number(text.substring(0, Math.max(0, text.indexOf(' '))));
        }
        return number(read("cpu", "cpu.cfs_quota_us"));
    }

    /**
     * Returns the limit of processes, or -1 for none.
     *
     * @throws IOException if it cannot be read
     */
    public long processes() throws IOException {
        return number(read("pids", "pids.max"));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private String read(String controller, String file) throws IOException {
        return Files.readString(file(controller, file));
    }

    private void write(String controller, String file, String text) throws IOException {
        try {
            Files.writeString(
                    file(controller, file), text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException refused) {
            throw new IOException(file + ": " + text + " (" + refused.getMessage() + ")", refused);
        }
    }

    private Path file(String controller, String file) throws IOException {
        return group.folder(controller)
                .orElseThrow(() -> new IOException(controller + ": no control group"))
                .resolve(file);
    }
}
