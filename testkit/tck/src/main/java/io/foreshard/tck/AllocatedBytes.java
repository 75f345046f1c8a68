package io.foreshard.tck;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of code allocates on the calling thread. */
final class AllocatedBytes {

    private AllocatedBytes() {}

    /** Returns the bytes, or 0 on a virtual machine that does not count them. */
    static long by(Runnable code) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            code.run();
            return 0;
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        code.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
