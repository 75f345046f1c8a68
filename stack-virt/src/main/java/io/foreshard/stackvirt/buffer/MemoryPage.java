package io.foreshard.stackvirt.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large a page of memory is. */
final class MemoryPage {

    private static final int USUAL = 4096;
    private static final int LARGEST = 1 << 24;
    private static final int AT_PAGESZ = 6;

    private MemoryPage() {}

    /** Asks Linux, by the vector that it hands to each process; elsewhere what is usual. */
    static int bytes() {
        try {
            return of(ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder()));
        } catch (IOException notThere) {
            return USUAL;
        }
    }

    static int of(ByteBuffer vector) {
        while (vector.remaining() >= 2 * Long.BYTES) {
            long type = vector.getLong();
            long value = vector.getLong();
            if (type == AT_PAGESZ && value >= 1 && value <= LARGEST && Long.bitCount(value) == 1) {
                return (int) value;
            }
        }
        return USUAL;
    }
}
