package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** One directory, as far as a store uses it. Tests have one that fails, and one that loses its power. */
interface Disk {

    /** Returns what people know the directory as. */
    String name();

    /**
     * Takes the directory for this store alone.
     *
     * @throws StoreException if somebody else has it
     */
    Closeable lock() throws IOException, StoreException;

    /** Returns the names of all files. */
    List<String> list() throws IOException;

    /** Opens a file to read and write; makes it if told so, without what was there. */
    File open(String file, boolean fresh) throws IOException;

    /** Renames a file, over another one if need be, all or nothing. */
    void rename(String from, String to) throws IOException;

    void delete(String file) throws IOException;

    /** Makes durable which files there are. */
    void force() throws IOException;

    /** An open file. */
    interface File extends Closeable {

        long size() throws IOException;

        /** Fills a buffer from its position as far as there are bytes. */
        void read(ByteBuffer into, long offset) throws IOException;

        /** Writes all that remains of a buffer. */
        void write(ByteBuffer from, long offset) throws IOException;

        void truncate(long size) throws IOException;

        /** Makes durable what was written. */
        void force() throws IOException;
    }
}
