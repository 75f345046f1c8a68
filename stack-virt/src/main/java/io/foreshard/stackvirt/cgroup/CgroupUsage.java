package io.foreshard.stackvirt.cgroup;

import io.foreshard.stackvirt.spi.StackUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what a control group has used. */
public final class CgroupUsage {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Cgroup group;

    /**
     * Reads nothing yet.
     *
     * @param group whose
     */
    public CgroupUsage(Cgroup group) {
        this.group = group;
    }

    /** Reads what it has used; what the kernel does not tell is -1. Never throws: a group that is gone has used nothing that is known. */
    public StackUsage read() {
        boolean cpuUnified = group.isUnified("cpuacct");
        long cpu = cpuUnified ? micros(field("cpuacct", "cpu.stat", "usage_usec")) : number("cpuacct", "cpuacct.usage");
        long throttled = group.isUnified("cpu")
                ? micros(field("cpu", "cpu.stat", "throttled_usec"))
                : field("cpu", "cpu.stat", "throttled_time");
        long memory = number("memory", group.isUnified("memory") ? "memory.current" : "memory.usage_in_bytes");
        return new StackUsage(cpu, throttled, memory, number("pids", "pids.current"), memoryKills());
    }

    /** Returns how often something in the group was ended for using too much memory, or -1. */
    public long memoryKills() {
        return field("memory", group.isUnified("memory") ? "memory.events" : "memory.oom_control", "oom_kill");
    }

    private static long micros(long value) {
        return value < 0 ? value : value * NANOS_PER_MICRO;
    }

    private long number(String controller, String file) {
        List<String> lines = lines(controller, file);
        return lines.isEmpty() ? -1 : parse(lines.get(0));
    }

    private long field(String controller, String file, String name) {
        for (String line : lines(controller, file)) {
            if (line.startsWith(name + " ")) {
                return parse(line.substring(name.length() + 1));
            }
        }
        return -1;
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException unlimited) {
            return -1;
        }
    }

    private List<String> lines(String controller, String file) {
        Optional<Path> folder = group.folder(controller);
        if (folder.isEmpty()) {
            return List.of();
        }
        try {
            return Files.readAllLines(folder.get().resolve(file));
        } catch (IOException gone) {
            return List.of();
        }
    }
}
