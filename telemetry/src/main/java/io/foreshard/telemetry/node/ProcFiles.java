package io.foreshard.telemetry.node;

import io.foreshard.telemetry.node.NodeCounters.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads Linux's {@code /proc} and {@code /sys} (proc(5)). These files rather than OSHI, because five of them say all that is needed,
 * and OSHI brings JNA and its native library. What cannot be read is NaN, but without {@code /proc/stat} there is no answer.
 */
final class ProcFiles {

    private static final double TICKS_PER_SECOND = 100;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double BYTES_PER_KIB = 1024;
    private static final double BYTES_PER_MEGABIT = 125_000;
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int STEAL = 8;
    private static final int SENT_BYTES = 8;
    private static final int MOST_DEVICES = 256;

    private final Path root;
    private final Predicate<String> wanted;

    ProcFiles(Path root, Predicate<String> wanted) {
        this.root = root;
        this.wanted = wanted;
    }

    NodeCounters read() throws IOException {
        String[] cpu = words(lines("proc/stat").get(0));
        double idle = 0;
        double total = 0;
        // The columns behind steal are guests, which are in user and nice already.
        for (int column = 1; column <= STEAL; column++) {
            double ticks = column(cpu, column);
            total += ticks;
            idle += column == IDLE || column == IOWAIT ? ticks : 0;
        }
        return new NodeCounters(
                (total - idle) / TICKS_PER_SECOND,
                total / TICKS_PER_SECOND,
                cpuWaiting(),
                memory("MemTotal:"),
                memory("MemAvailable:"),
                Double.NaN,
                devices());
    }

    private double cpuWaiting() {
        for (String line : linesOrNone("proc/pressure/cpu")) {
            int total = line.indexOf("total=");
            if (line.startsWith("some ") && total >= 0) {
                return Numbers.parse(line.substring(total + "total=".length())) / MICROS_PER_SECOND;
            }
        }
        return Double.NaN;
    }

    private double memory(String name) {
        for (String line : linesOrNone("proc/meminfo")) {
            if (line.startsWith(name)) {
                return column(words(line), 1) * BYTES_PER_KIB;
            }
        }
        return Double.NaN;
    }

    private Map<String, Device> devices() {
        Map<String, Device> devices = new HashMap<>();
        for (String line : linesOrNone("proc/net/dev")) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).trim();
            if (!name.isEmpty() && devices.size() < MOST_DEVICES && wanted.test(name)) {
                String[] columns = words(line.substring(colon + 1));
                devices.put(name, new Device(column(columns, 0), column(columns, SENT_BYTES), speed(name)));
            }
        }
        return devices;
    }

    private double speed(String device) {
        List<String> lines = linesOrNone("sys/class/net/" + device + "/speed");
        return lines.isEmpty() ? Double.NaN : Numbers.parse(lines.get(0).trim()) * BYTES_PER_MEGABIT;
    }

    private List<String> linesOrNone(String file) {
        try {
            return lines(file);
        } catch (IOException absent) {
            // An older kernel, another system, or a device that has no speed.
            return List.of();
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1);
    }

    private static String[] words(String line) {
        return line.trim().split("\\s+");
    }

    private static double column(String[] columns, int at) {
        return at < columns.length ? Numbers.parse(columns[at]) : Double.NaN;
    }
}
