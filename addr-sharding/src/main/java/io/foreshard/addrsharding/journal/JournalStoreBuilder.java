package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.runtime.Checks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Collects what a {@link JournalStore} needs. Not safe for use by several threads. Every method checks its value at once. */
public final class JournalStoreBuilder {

    private static final int LEAST_JOURNAL_BYTES = 64 << 10;
    private static final int MOST_WAITING = 1 << 24;
    private static final int MOST_ALLOCATIONS = 1 << 26;
    private static final Duration MOST_HISTORY = Duration.ofDays(3650);

    private final Path directory;
    private final Executor executor;
    private long journalBytes = 64 << 20;
    private int groupBytes = 256 << 10;
    private int waitingChanges = 1 << 16;
    private int mostAllocations = 1 << 24;
    private Duration historyAge = Duration.ofDays(7);
    private long historyBytes = 1 << 30;

    JournalStoreBuilder(Path directory, Executor executor) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /**
     * Sets how long the journal grows before a snapshot is begun; if the last snapshot was longer, its length counts. It bounds the time of a
     * start. Default: 64 MiB.
     *
     * @param bytes at least 64 KiB
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public JournalStoreBuilder journalBytes(long bytes) {
        this.journalBytes = Checks.inRange("journalBytes", bytes, LEAST_JOURNAL_BYTES, Long.MAX_VALUE >> 2);
        return this;
    }

    /**
     * Sets how much is made durable at once at the most; a segment takes two such lengths in addition. Default: 256 KiB, some thousand
     * changes.
     *
     * @param bytes a multiple of 4096, at most 4 MiB
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public JournalStoreBuilder groupBytes(int bytes) {
        Checks.inRange("groupBytes", bytes, JournalFormat.LEAST_ECHO_BYTES, JournalFormat.MOST_ECHO_BYTES);
        Checks.require(bytes % JournalFormat.PAGE == 0, "groupBytes", bytes, "a multiple of 4096");
        this.groupBytes = bytes;
        return this;
    }

    /**
     * Sets how many changes may wait to be recorded; those beyond are refused as overload. Default: 65 536.
     *
     * @param changes at least 2; rounded up to a power of two
     * @return this
     * @throws IllegalArgumentException if it is less, or above 2^24
     */
    public JournalStoreBuilder waitingChanges(int changes) {
        this.waitingChanges = Checks.inRange("waitingChanges", changes, 2, MOST_WAITING);
        return this;
    }

    /**
     * Sets how many living allocations there may be; those beyond are refused. Each takes some 70 bytes of memory. Default: 2^24.
     *
     * @param allocations at least 1
     * @return this
     * @throws IllegalArgumentException if it is less, or above 2^26
     */
    public JournalStoreBuilder mostAllocations(int allocations) {
        this.mostAllocations = Checks.inRange("mostAllocations", allocations, 1, MOST_ALLOCATIONS);
        return this;
    }

    /**
     * Sets how long the journal is kept for {@link JournalStore#history} after it is no longer needed: until it is too old or too much.
     * Looked at after each snapshot. Default: 7 days, 1 GiB.
     *
     * @param age before the latest time of a change; zero keeps nothing
     * @param bytes of all segments, those needed included
     * @return this
     * @throws IllegalArgumentException if one is negative, or the age above 10 years
     */
    public JournalStoreBuilder history(Duration age, long bytes) {
        Checks.duration("historyAge", age, Duration.ZERO, MOST_HISTORY);
        this.historyBytes = Checks.notNegative("historyBytes", bytes);
        this.historyAge = age;
        return this;
    }

    /**
     * Opens the store: takes the directory for itself and reads what was recorded. Blocks, for about a second per million allocations.
     *
     * @return the store; to be closed
     * @throws StoreException if the directory is in use, something acknowledged is damaged, or the disk refuses
     */
    public JournalStore open() throws StoreException {
        return open(new RealDisk(directory));
    }

    JournalStore open(Disk disk) throws StoreException {
        JournalSettings settings = new JournalSettings(
                journalBytes, groupBytes, waitingChanges, mostAllocations, historyAge.toMillis(), historyBytes);
        return JournalStore.open(disk, settings, executor, new SecureRandom()::nextLong);
    }
}
