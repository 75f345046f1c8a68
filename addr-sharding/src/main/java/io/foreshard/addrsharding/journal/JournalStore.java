package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationListener;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import io.foreshard.addrsharding.spi.StoreLease;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps allocations in a directory: a journal with group commit, and snapshots. Needs no server and starts no thread; one task at a time
 * runs on the executor, and blocks there for the disk.
 *
 * <p><b>Guaranteed.</b> What was acknowledged is there after a loss of power, or the store refuses to open and says which file is damaged
 * and where. This holds for every journal that was cut off anywhere, and for any damage within one place of a file (a bit, a sector, a
 * page of 4 KiB). Damage of both copies of the last group, or a file that somebody deleted, may go unseen.
 *
 * <p><b>When the disk refuses.</b> If the disk is full the changes at hand fail with the reason and are not recorded; each later one
 * tries again, so the store goes on by itself when there is space. If a force fails, what is on the disk is not known: the changes are in
 * doubt, and the store takes nothing more until it is opened again.
 */
public final class JournalStore implements AllocationStore {

    private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);
    private static final int GROUPS_PER_TASK = 16;

    private final Disk disk;
    private final Executor executor;
    private final Closeable directoryLock;
    private final Journal journal;
    private final Housekeeping housekeeping;
    private final JournalLease lease;
    private final MpscVarHandleArrayQueue<Append> waiting;
    private final List<Append> group = new ArrayList<>();
    private final Loads loads;
    private final Watches watches = new Watches();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    /** Held by who works on the journal: the task, a reader, or who closes. */
    private final ReentrantLock work = new ReentrantLock();

    private volatile boolean isClosing;
    private boolean isClosed;

    private JournalStore(
            Disk disk,
            Executor executor,
            Closeable directoryLock,
            Journal journal,
            Housekeeping housekeeping,
            int waiting) {
        this.disk = disk;
        this.executor = executor;
        this.directoryLock = directoryLock;
        this.journal = journal;
        this.housekeeping = housekeeping;
        this.loads = new Loads(journal);
        this.waiting = new MpscVarHandleArrayQueue<>(waiting);
        this.lease = new JournalLease("process " + ProcessHandle.current().pid(), new CompletableFuture<>());
    }

    /**
     * Begins a store with defaults.
     *
     * @param directory where the files are; made if it is not there. On a disk that keeps what was forced
     * @param executor runs commits, one at a time, and what depends on them; may block. Owned by the caller, and to be shut down after the
     *     store
     */
    public static JournalStoreBuilder builder(Path directory, Executor executor) {
        return new JournalStoreBuilder(directory, executor);
    }

    static JournalStore open(Disk disk, JournalSettings settings, Executor executor, LongSupplier salt)
            throws StoreException {
        Closeable lock = null;
        boolean isOpen = false;
        try {
            lock = disk.lock();
            AllocationTable table = new AllocationTable();
            Recovery.Recovered recovered = new Recovery(disk, table).run(settings.groupBytes(), salt);
            Journal journal = new Journal(settings, table, recovered);
            Housekeeping housekeeping = new Housekeeping(disk, settings, journal, salt, recovered.snapshotBytes());
            isOpen = true;
            return new JournalStore(disk, executor, lock, journal, housekeeping, settings.waitingChanges());
        } catch (IOException e) {
            throw Corruption.io(disk.name(), e);
        } finally {
            if (!isOpen && lock != null) {
                closeQuietly(lock);
            }
        }
    }

    /**
     * {@inheritDoc} Reads slice by slice: a change waits for a thousand allocations at most. Who asks while others are read waits for them; one
     * who would be more than the 64th to wait is refused as {@link StoreFailure.Reason#OVERLOADED}.
     */
    @Override
    public CompletionStage<StoreContents> load(Consumer<? super Allocation> each) {
        CompletableFuture<StoreContents> loaded = new CompletableFuture<>();
        if (loads.offer(each, loaded)) {
            schedule();
        } else {
            String detail = Loads.MOST_WAITING + " wait to read all";
            loaded.completeExceptionally(new StoreException(StoreFailure.of(StoreFailure.Reason.OVERLOADED, detail)));
        }
        return loaded;
    }

    @Override
    public CompletionStage<AppendOutcome> append(Allocation next) {
        AllocationCodec.check(next);
        Append append = new Append(next);
        if (isClosing) {
            append.complete(new AppendOutcome.Unavailable(closed(), false));
        } else if (!waiting.offer(append)) {
            String detail = "waitingChanges: " + waiting.capacity() + " wait to be recorded";
            append.complete(
                    new AppendOutcome.Unavailable(StoreFailure.of(StoreFailure.Reason.OVERLOADED, detail), false));
        } else {
            schedule();
        }
        return append;
    }

    private void schedule() {
        if (!isScheduled.get() && isScheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                isScheduled.set(false);
                StoreFailure failure = StoreFailure.of(StoreFailure.Reason.CLOSED, "the executor takes no tasks");
                refuseWaiting(new AppendOutcome.Unavailable(failure, false));
                failLoads(failure);
            }
        }
    }

    private void run() {
        boolean isMoreToDo;
        work.lock();
        try {
            int groups = 0;
            do {
                isMoreToDo = commitGroup();
                isMoreToDo = isMoreToDoAfterSlice() || isMoreToDo || isMoreToDoAfterStep();
                groups++;
            } while (isMoreToDo && groups < GROUPS_PER_TASK);
            if (isClosing && !isClosed) {
                finish();
            }
        } finally {
            isScheduled.set(false);
            work.unlock();
        }
        if (isMoreToDo || !waiting.isEmpty() || loads.isAsked()) {
            schedule();
        }
    }

    private boolean isMoreToDoAfterSlice() {
        if (isClosed) {
            loads.fail(closed());
        }
        return loads.step();
    }

    private boolean isMoreToDoAfterStep() {
        return !isClosed && lease.isHeld() && housekeeping.step();
    }

    /** Commits what waits, as far as it goes into one group. Returns whether there was something. */
    private boolean commitGroup() {
        if (isClosed || !lease.isHeld()) {
            return refuseWaiting(new AppendOutcome.Unavailable(lease.end().getNow(closed()), false));
        }
        group.clear();
        journal.begin();
        while (journal.hasRoom()) {
            Append append = waiting.poll();
            if (append == null) {
                break;
            }
            append.plan(journal.stage(append.next()));
            group.add(append);
        }
        AppendOutcome.Unavailable failure = journal.commit();
        if (failure == null) {
            acknowledge();
        } else {
            if (failure.inDoubt()) {
                lease.end().complete(failure.failure());
            }
            group.forEach(append -> append.complete(failure));
        }
        return !group.isEmpty();
    }

    private void acknowledge() {
        for (Append append : group) {
            AppendOutcome outcome = append.planned();
            if (outcome instanceof AppendOutcome.Committed committed) {
                watches.tell(committed.change());
            }
            append.complete(outcome);
        }
    }

    private boolean refuseWaiting(AppendOutcome.Unavailable outcome) {
        boolean any = false;
        work.lock();
        try {
            for (Append append = waiting.poll(); append != null; append = waiting.poll()) {
                append.complete(outcome);
                any = true;
            }
        } finally {
            work.unlock();
        }
        return any;
    }

    private void failLoads(StoreFailure failure) {
        work.lock();
        try {
            loads.fail(failure);
        } finally {
            work.unlock();
        }
    }

    @Override
    public Watch watch(AllocationListener listener) {
        return watches.add(listener);
    }

    @Override
    public StoreLease lease() {
        return lease;
    }

    /**
     * Reads the recorded changes of a span of time, in order of revision, for a replay. Blocks for the disk, not for commits; any thread. Goes
     * back as far as the journal is kept.
     *
     * @param fromMillis first time, milliseconds since 1970, as {@link Allocation#sinceMillis()} has it
     * @param toMillis first time that is too late
     * @param each receives the changes
     * @return the first revision that is still kept: what was recorded before was not read
     * @throws StoreException if a file is damaged, or the disk refuses
     */
    public long history(long fromMillis, long toMillis, Consumer<? super AllocationChange> each) throws StoreException {
        String active;
        long end;
        work.lock();
        try {
            active = journal.segment().name();
            end = journal.segment().end();
        } finally {
            work.unlock();
        }
        try {
            return new History(disk, fromMillis, toMillis, each).read(active, end);
        } catch (IOException e) {
            throw Corruption.io(disk.name(), e);
        }
    }

    /** Returns how much memory the recorded allocations take, in bytes. Waits for the group at hand; any thread. */
    public long memoryBytes() {
        work.lock();
        try {
            return journal.table().memoryBytes();
        } finally {
            work.unlock();
        }
    }

    /** Returns how many snapshots were completed since the store was opened. Waits for the group at hand; any thread. */
    public long snapshots() {
        work.lock();
        try {
            return housekeeping.snapshots();
        } finally {
            work.unlock();
        }
    }

    @Override
    public void close() {
        isClosing = true;
        if (work.isHeldByCurrentThread()) {
            schedule();
            return;
        }
        work.lock();
        try {
            if (!isClosed) {
                finish();
            }
        } finally {
            work.unlock();
        }
    }

    private void finish() {
        while (commitGroup()) {}
        isClosed = true;
        housekeeping.close();
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("The journal was not closed: {}", Corruption.detail(e));
        }
        closeQuietly(directoryLock);
        lease.end().complete(closed());
        refuseWaiting(new AppendOutcome.Unavailable(closed(), false));
        loads.fail(closed());
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.warn("The lock was not released: {}", Corruption.detail(e));
        }
    }

    private static StoreFailure closed() {
        return StoreFailure.of(StoreFailure.Reason.CLOSED, "the store is closed");
    }
}
