package io.foreshard.jmh.stacks;

import java.io.IOException;
import java.io.RandomAccessFile;

/** How many pages the kernel has fetched for a thread or process so far. Reading that allocates nothing, which would fetch pages itself. */
final class PageFaults implements AutoCloseable {

    /** Counted behind the name of the program. */
    private static final int MINOR_FAULTS = 7;

    private final RandomAccessFile file;
    private final byte[] line = new byte[1024];

    PageFaults(String path) throws IOException {
        file = new RandomAccessFile(path, "r");
    }

    long count() throws IOException {
        file.seek(0);
        int length = file.read(line);
        int at = length - 1;
        while (line[at] != ')') {
            at--;
        }
        at += 2;
        for (int field = 0; field < MINOR_FAULTS; at++) {
            field += line[at] == ' ' ? 1 : 0;
        }
        long count = 0;
        for (; line[at] != ' '; at++) {
            count = count * 10 + line[at] - '0';
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
