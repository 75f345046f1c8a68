package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A disk that knows what was forced: it can lose its power, run full, and refuse. One thread at a time. */
final class MemoryDisk implements Disk {

    private static final int SECTOR = 512;

    private final TreeMap<String, Content> files = new TreeMap<>();
    /** What the directory was at its last force, and after each change since. */
    private final List<TreeMap<String, Content>> directories = new ArrayList<>(List.of(new TreeMap<>()));

    private long space = Long.MAX_VALUE;
    private boolean forceFails;
    private boolean isLocked;

    private static final class Content {
        private final Bytes now = new Bytes();
        private final Bytes forced = new Bytes();
        private final List<Change> since = new ArrayList<>();
    }

    /** Bytes that grow. */
    private static final class Bytes {
        private byte[] array = new byte[0];
        private int size;

        byte[] copy() {
            return Arrays.copyOf(array, size);
        }

        void put(byte[] from, int begin, int length, int at) {
            if (at + length > array.length) {
                array = Arrays.copyOf(array, Math.max(at + length, 2 * array.length));
            }
            System.arraycopy(from, begin, array, at, length);
            size = Math.max(size, at + length);
        }

        void truncate(int bytes) {
            if (bytes < size) {
                Arrays.fill(array, bytes, size, (byte) 0);
                size = bytes;
            }
        }

        void apply(Change change) {
            if (change.bytes.length == 0) {
                truncate((int) change.offset);
            } else {
                put(change.bytes, 0, change.bytes.length, (int) change.offset);
            }
        }
    }

    /** A write, or a truncation if there are no bytes. */
    private static final class Change {
        private final long offset;
        private final byte[] bytes;

        Change(long offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }
    }

    /** Bytes that can be written from now on; what overwrites is free. */
    void space(long bytes) {
        space = bytes;
    }

    void forceFails(boolean fails) {
        forceFails = fails;
    }

    byte[] bytes(String file) {
        return files.get(file).now.copy();
    }

    /** Puts a file there as if it always was. */
    void put(String file, byte[] bytes) {
        Content content = new Content();
        content.now.put(bytes, 0, bytes.length, 0);
        content.forced.put(bytes, 0, bytes.length, 0);
        files.put(file, content);
        directories.forEach(directory -> directory.put(file, content));
    }

    /** Returns what another process finds after this one was killed. */
    MemoryDisk afterKill() {
        MemoryDisk copy = new MemoryDisk();
        files.forEach((name, content) -> copy.put(name, content.now.copy()));
        return copy;
    }

    /** Returns what is found after a loss of power: what was forced, and any sectors of what was not. */
    MemoryDisk afterPowerLoss(Random random) {
        MemoryDisk copy = new MemoryDisk();
        Map<String, Content> left = directories.get(random.nextInt(directories.size()));
        left.forEach((name, content) -> copy.put(name, torn(content, random)));
        return copy;
    }

    private static byte[] torn(Content content, Random random) {
        Bytes bytes = new Bytes();
        bytes.put(content.forced.array, 0, content.forced.size, 0);
        int chance = random.nextInt(5);
        for (Change change : content.since) {
            if (change.bytes.length == 0 && random.nextInt(4) < chance) {
                bytes.apply(change);
            }
            for (int from = 0; from < change.bytes.length; ) {
                int at = (int) change.offset + from;
                int length = Math.min(change.bytes.length - from, SECTOR - at % SECTOR);
                if (random.nextInt(4) < chance) {
                    bytes.put(change.bytes, from, length, at);
                }
                from += length;
            }
        }
        return bytes.copy();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Closeable lock() throws StoreException {
        if (isLocked) {
            throw new StoreException(StoreFailure.of(StoreFailure.Reason.LOCKED, "in use"));
        }
        isLocked = true;
        return () -> isLocked = false;
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Disk.File open(String name, boolean fresh) throws IOException {
        if (fresh) {
            if (space <= 0) {
                throw new IOException("No space left on device");
            }
            files.put(name, new Content());
            changed();
        }
        Content content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new MemoryFile(content);
    }

    @Override
    public void rename(String from, String to) {
        files.put(to, files.remove(from));
        changed();
    }

    @Override
    public void delete(String file) {
        Content content = files.remove(file);
        space += content == null || space == Long.MAX_VALUE ? 0 : content.now.size;
        changed();
    }

    private void changed() {
        directories.add(new TreeMap<>(files));
    }

    @Override
    public void force() throws IOException {
        checkForce();
        directories.clear();
        directories.add(new TreeMap<>(files));
    }

    private void checkForce() throws IOException {
        if (forceFails) {
            throw new IOException("Input/output error");
        }
    }

    private final class MemoryFile implements Disk.File {

        private final Content content;

        MemoryFile(Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.now.size;
        }

        @Override
        public void read(ByteBuffer into, long offset) {
            int bytes = (int) Math.max(0, Math.min(into.remaining(), content.now.size - offset));
            if (bytes > 0) {
                into.put(content.now.array, (int) offset, bytes);
            }
        }

        @Override
        public void write(ByteBuffer from, long offset) throws IOException {
            long more = offset + from.remaining() - content.now.size;
            int fits = (int) (more <= space ? from.remaining() : Math.max(0, from.remaining() - more + space));
            byte[] bytes = new byte[fits];
            from.get(bytes);
            if (fits > 0) {
                space -= space == Long.MAX_VALUE ? 0 : Math.max(0, offset + fits - content.now.size);
                Change change = new Change(offset, bytes);
                content.now.apply(change);
                content.since.add(change);
            }
            if (from.hasRemaining()) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long size) {
            if (size < content.now.size) {
                space += space == Long.MAX_VALUE ? 0 : content.now.size - size;
                Change change = new Change(size, new byte[0]);
                content.now.apply(change);
                content.since.add(change);
            }
        }

        @Override
        public void force() throws IOException {
            checkForce();
            content.since.forEach(content.forced::apply);
            content.since.clear();
        }

        @Override
        public void close() {}
    }
}
