package io.foreshard.stackvirt.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Memory in large pages: of a file without a name in a folder of hugetlbfs. The kernel never swaps such pages out. */
final class HugePages {

    private static final String TYPE = "hugetlbfs";
    private static final int MOST_PAGE = 1 << 30;

    private HugePages() {}

    /**
     * Maps memory, which is reserved by that and goes with the last buffer that refers to it.
     *
     * @param folder mounted by the operator
     * @param least bytes
     * @throws IOException if that is no such folder, or there are not enough pages; the message says so
     */
    static ByteBuffer map(Path folder, int least) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": not a folder");
        }
        String type = Files.getFileStore(folder).type();
        if (!type.equals(TYPE)) {
            throw new IOException(folder + ": " + type + " (expected: " + TYPE + ")");
        }
        long page = Files.getFileStore(folder).getBlockSize();
        if (page < 1 || page > MOST_PAGE) {
            throw new IOException(folder + ": pages of " + page + " bytes");
        }
        long length = (least + page - 1) / page * page;
        if (length > Integer.MAX_VALUE) {
            throw new IOException(folder + ": " + length + " bytes (expected: less than 2 GiB)");
        }
        return map(folder, length, page);
    }

    private static ByteBuffer map(Path folder, long length, long page) throws IOException {
        Path file = Files.createTempFile(folder, "pool", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
        } catch (IOException refused) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "%s: no %d pages of %d bytes (%s; see vm.nr_hugepages)",
                            folder,
                            length / page,
                            page,
                            refused.getMessage()),
                    refused);
        } finally {
            Files.delete(file);
        }
    }
}
