package io.foreshard.stackvirt.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a pool and what was reached with it. The one place that allocates it: memory that is locked but not in large pages
 * needs native functions, which a version of this class for a later JDK may call.
 */
final class Slab {

    private static final String NATIVE =
            "needs native functions (JDK 22 or newer and a build that calls them); this is JDK "
                    + Runtime.version().feature();

    /** Null on the heap. */
    private final @Nullable ByteBuffer memory;

    private final int buffers;
    private final int bytes;
    private final LevelReport report;

    private Slab(@Nullable ByteBuffer memory, int buffers, int bytes, LevelReport report) {
        this.memory = memory;
        this.buffers = buffers;
        this.bytes = bytes;
        this.report = report;
    }

    /**
     * Allocates as good memory as asked for, or less good if that cannot be had.
     *
     * @param wanted the highest level that is tried
     * @param hugePages a folder of hugetlbfs, if there is one
     */
    static Slab allocate(int buffers, int bytes, BufferLevel wanted, @Nullable Path hugePages) {
        Map<BufferLevel, String> missing = new EnumMap<>(BufferLevel.class);
        missing.put(BufferLevel.LOCKED, NATIVE);
        if (hugePages == null) {
            missing.put(BufferLevel.HUGEPAGE, "no folder of hugetlbfs was given");
        }
        missing.put(BufferLevel.KERNEL_PROVIDED, KernelRing.missing());
        ByteBuffer memory = null;
        BufferLevel reached = BufferLevel.HEAP;
        if (wanted.compareTo(BufferLevel.HUGEPAGE) >= 0 && hugePages != null) {
            try {
                memory = HugePages.map(hugePages, Math.multiplyExact(buffers, bytes));
                touch(memory);
                reached = BufferLevel.HUGEPAGE;
            } catch (IOException refused) {
                missing.put(BufferLevel.HUGEPAGE, String.valueOf(refused.getMessage()));
            }
        }
        if (memory == null && wanted.compareTo(BufferLevel.HEAP) > 0) {
            try {
                memory = direct(buffers, bytes, wanted);
                reached = wanted.compareTo(BufferLevel.PREFAULTED) < 0 ? wanted : BufferLevel.PREFAULTED;
            } catch (OutOfMemoryError exhausted) {
                missing.put(BufferLevel.DIRECT, "memory outside the heap: " + exhausted.getMessage());
            }
        }
        for (BufferLevel level : BufferLevel.values()) {
            if (level.compareTo(reached) > 0) {
                missing.putIfAbsent(level, level.compareTo(wanted) > 0 ? "not asked for" : "needs what is below it");
            } else {
                missing.remove(level);
            }
        }
        return new Slab(memory, buffers, bytes, new LevelReport(reached, missing));
    }

    private static ByteBuffer direct(int buffers, int bytes, BufferLevel wanted) {
        int total = Math.multiplyExact(buffers, bytes);
        if (wanted == BufferLevel.DIRECT) {
            return ByteBuffer.allocateDirect(total);
        }
        int page = MemoryPage.bytes();
        ByteBuffer aligned =
                ByteBuffer.allocateDirect(Math.addExact(total, 2 * page)).alignedSlice(page);
        if (wanted.compareTo(BufferLevel.PREFAULTED) >= 0) {
            touch(aligned);
        }
        return aligned;
    }

    private static void touch(ByteBuffer memory) {
        int page = MemoryPage.bytes();
        for (int at = 0; at < memory.limit(); at += page) {
            memory.put(at, (byte) 1);
            memory.put(at, (byte) 0);
        }
    }

    LevelReport report() {
        return report;
    }

    /** Cuts the memory. */
    PooledBuffer[] cut(BufferPool pool) {
        PooledBuffer[] all = new PooledBuffer[buffers];
        for (int i = 0; i < buffers; i++) {
            all[i] = memory == null
                    ? new HeapPooledBuffer(pool, i, new byte[bytes], bytes)
                    : new DirectPooledBuffer(pool, i, memory.slice(i * bytes, bytes), bytes);
        }
        return all;
    }
}
