package io.foreshard.simulator;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An allocator that knows every buffer it has given out, so that a test can end with {@link #assertAllReleased()}.
 *
 * <p>It allocates heap, direct and composite buffers without a pool. What a composite holds is counted where it was allocated. Any
 * thread may use it.
 */
public final class CountingAllocator extends AbstractByteBufAllocator {

    private final Map<Long, Tracked> live = new ConcurrentHashMap<>();
    private final AtomicLong allocations = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();
    private final AtomicLong liveBytes = new AtomicLong();
    private final boolean tracesSites;

    private record Tracked(ByteBuf buffer, @Nullable Throwable site) {}

    /** Allocates direct buffers by default, as sockets like them, and does not remember who allocated what. */
    public CountingAllocator() {
        this(true, false);
    }

    /**
     * Chooses the kind of buffers and how much is remembered.
     *
     * @param preferDirect whether {@link #buffer()} is direct
     * @param tracesSites whether {@link #assertAllReleased()} also shows the stack of each allocation, which is slow
     */
    public CountingAllocator(boolean preferDirect, boolean tracesSites) {
        super(preferDirect);
        this.tracesSites = tracesSites;
    }

    /**
     * Returns how many buffers have been given out and not been released.
     *
     * @return a count, composites included
     */
    public int liveBuffers() {
        return live.size();
    }

    /**
     * Returns the memory of those buffers.
     *
     * @return bytes of capacity; composites themselves have none
     */
    public long liveBytes() {
        return liveBytes.get();
    }

    /**
     * Returns the largest value that {@link #liveBytes()} ever had.
     *
     * @return bytes of capacity
     */
    public long peakBytes() {
        return peakBytes.get();
    }

    /**
     * Returns how many buffers have ever been given out.
     *
     * @return a count
     */
    public long allocations() {
        return allocations.get();
    }

    /**
     * Checks that every buffer has been released.
     *
     * @throws AssertionError with the buffers that have not, in order of allocation
     */
    public void assertAllReleased() {
        if (live.isEmpty()) {
            return;
        }
        List<Map.Entry<Long, Tracked>> leaks = live.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .collect(Collectors.toList());
        AssertionError error = new AssertionError(leaks.stream()
                .map(CountingAllocator::describe)
                .collect(Collectors.joining("; ", leaks.size() + " buffers not released: ", "")));
        leaks.stream()
                .map(leak -> leak.getValue().site())
                .filter(Objects::nonNull)
                .forEach(error::addSuppressed);
        throw error;
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    @Override
    public CompositeByteBuf compositeHeapBuffer(int maxNumComponents) {
        return new Composite(this, false, maxNumComponents);
    }

    @Override
    public CompositeByteBuf compositeDirectBuffer(int maxNumComponents) {
        return new Composite(this, true, maxNumComponents);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new Heap(this, initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new Direct(this, initialCapacity, maxCapacity);
    }

    private static String describe(Map.Entry<Long, Tracked> leak) {
        ByteBuf buffer = leak.getValue().buffer();
        return "#" + leak.getKey() + " " + buffer.getClass().getSimpleName() + " of " + buffer.capacity()
                + " B, refCnt " + buffer.refCnt();
    }

    private long track(ByteBuf buffer) {
        long number = allocations.incrementAndGet();
        Throwable site = tracesSites ? new Throwable("buffer #" + number + " allocated here") : null;
        live.put(number, new Tracked(buffer, site));
        return number;
    }

    private void untrack(long number) {
        live.remove(number);
    }

    private void addBytes(long bytes) {
        long now = liveBytes.addAndGet(bytes);
        peakBytes.accumulateAndGet(now, Math::max);
    }

    private static final class Heap extends UnpooledHeapByteBuf {

        private final long number;

        Heap(CountingAllocator allocator, int initialCapacity, int maxCapacity) {
            super(allocator, initialCapacity, maxCapacity);
            number = allocator.track(this);
        }

        private CountingAllocator counter() {
            return (CountingAllocator) alloc();
        }

        @Override
        protected byte[] allocateArray(int initialCapacity) {
            byte[] array = super.allocateArray(initialCapacity);
            counter().addBytes(array.length);
            return array;
        }

        @Override
        protected void freeArray(byte[] array) {
            int length = array.length;
            super.freeArray(array);
            counter().addBytes(-length);
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            counter().untrack(number);
        }
    }

    private static final class Direct extends UnpooledDirectByteBuf {

        private final long number;
        private long countedBytes;

        Direct(CountingAllocator allocator, int initialCapacity, int maxCapacity) {
            super(allocator, initialCapacity, maxCapacity);
            number = allocator.track(this);
            count();
        }

        private CountingAllocator counter() {
            return (CountingAllocator) alloc();
        }

        private void count() {
            counter().addBytes(capacity() - countedBytes);
            countedBytes = capacity();
        }

        @Override
        public ByteBuf capacity(int newCapacity) {
            super.capacity(newCapacity);
            count();
            return this;
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            counter().addBytes(-countedBytes);
            counter().untrack(number);
        }
    }

    private static final class Composite extends CompositeByteBuf {

        private final CountingAllocator counter;
        private final long number;

        Composite(CountingAllocator allocator, boolean direct, int maxNumComponents) {
            super(allocator, direct, maxNumComponents);
            counter = allocator;
            number = allocator.track(this);
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            counter.untrack(number);
        }
    }
}
