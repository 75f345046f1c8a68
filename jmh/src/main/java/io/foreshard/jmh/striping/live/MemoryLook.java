package io.foreshard.jmh.striping.live;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a process at one moment.
 *
 * @param heapBytes what lives after garbage was collected
 * @param directBytes what allocators reserved outside of the heap, used or not
 * @param residentBytes what the system counts, with code, stacks and heap that is free
 * @param descriptors open files
 */
record MemoryLook(long heapBytes, long directBytes, long residentBytes, long descriptors) {

    private static final int COLLECTIONS = 3;
    private static final long KILOBYTE = 1024;

    /** Collects garbage, and looks at this process. */
    static MemoryLook take() throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new MemoryLook(heap, direct(), resident(), descriptorCount());
    }

    /** Netty counts what it takes past the virtual machine's own count. */
    private static long direct() {
        long counted = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return counted + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                .findFirst()
                .orElse(0);
    }

    /** Returns how many files this process has open. */
    static long descriptorCount() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** Returns the numbers in a line, as {@link Role#askNumbers} takes them. */
    String text() {
        return heapBytes + " " + directBytes + " " + residentBytes + " " + descriptors;
    }

    /** Returns what {@link #text} wrote. */
    static MemoryLook of(long[] numbers) {
        return new MemoryLook(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** Returns what came since another look. */
    MemoryLook since(MemoryLook before) {
        return new MemoryLook(
                heapBytes - before.heapBytes,
                directBytes - before.directBytes,
                residentBytes - before.residentBytes,
                descriptors - before.descriptors);
    }
}
