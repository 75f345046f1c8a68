package io.foreshard.jmh.forecast;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of this thread. */
final class CpuClock {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    long nanos() {
        return threads.getCurrentThreadCpuTime();
    }
}
