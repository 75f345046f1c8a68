package io.foreshard.reassembler;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Configures a {@link Reassembler}. Values are checked by {@link #build}, which may be called several times, for one engine per
 * event loop. Not thread-safe.
 */
public final class ReassemblerBuilder {

    /** Default of {@link #maxBytes}: 64 MiB. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** Default of {@link #maxBytesPerSource}: 16 MiB. */
    public static final long DEFAULT_MAX_BYTES_PER_SOURCE = 16L << 20;

    /** Default of {@link #maxMessagesPerSource}. */
    public static final int DEFAULT_MAX_MESSAGES_PER_SOURCE = 256;

    /** Default of {@link #maxMessageBytes}: 16 MiB. */
    public static final long DEFAULT_MAX_MESSAGE_BYTES = 16L << 20;

    /** Default of {@link #maxSources}. */
    public static final int DEFAULT_MAX_SOURCES = 10_000;

    /** Default of {@link #unvalidatedPoolBytes}: 1 MiB. */
    public static final long DEFAULT_UNVALIDATED_POOL_BYTES = 1L << 20;

    /** Default of {@link #maxStall}: 10 s. */
    public static final Duration DEFAULT_MAX_STALL = Duration.ofSeconds(10);

    /** Default of {@link #finishedMemory}. */
    public static final int DEFAULT_FINISHED_MEMORY = 1024;

    private static final long SMALLEST_BUDGET_BYTES = 64L << 10;
    private static final long LARGEST_BUDGET_BYTES = 1L << 50;
    private static final int LARGEST_COUNT = 1 << 24;

    private long maxBytes = DEFAULT_MAX_BYTES;
    private long maxBytesPerSource = DEFAULT_MAX_BYTES_PER_SOURCE;
    private int maxMessagesPerSource = DEFAULT_MAX_MESSAGES_PER_SOURCE;
    private long maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
    private int maxSources = DEFAULT_MAX_SOURCES;
    private long unvalidatedPoolBytes = DEFAULT_UNVALIDATED_POOL_BYTES;
    private Duration maxStall = DEFAULT_MAX_STALL;
    private int finishedMemory = DEFAULT_FINISHED_MEMORY;
    private boolean deliverPartial;
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private long hashKey0;
    private long hashKey1;
    private boolean keyed;
    private EngineObserver observer = EngineObserver.NOOP;

    ReassemblerBuilder() {}

    /**
     * Sets the budget of the engine, charged with the capacity that is really retained and the bookkeeping around it.
     *
     * @param bytes 64 KiB…2^50, at least {@link #unvalidatedPoolBytes}
     * @return this
     */
    public ReassemblerBuilder maxBytes(long bytes) {
        maxBytes = bytes;
        return this;
    }

    /**
     * Sets the quota of a source: <em>payload</em> bytes of unfinished messages, which is what its receive credit speaks of. It
     * is not what the source costs: {@link #maxBytes} is charged with retained capacity and bookkeeping, about a quarter more
     * with shards that fill their packets, and at most three times the quota for messages, whatever arrives; beyond that comes
     * only the memory of ended messages ({@link #finishedMemory}). One message of the largest size always fits the quota.
     *
     * @param bytes 1…{@link #maxBytes}
     * @return this
     */
    public ReassemblerBuilder maxBytesPerSource(long bytes) {
        maxBytesPerSource = bytes;
        return this;
    }

    /**
     * Sets how many unfinished messages a source may have.
     *
     * @param messages 1…2^24
     * @return this
     */
    public ReassemblerBuilder maxMessagesPerSource(int messages) {
        maxMessagesPerSource = messages;
        return this;
    }

    /**
     * Sets the largest message, without trailer.
     *
     * @param bytes 1…2^31-17 and {@link #maxBytes}
     * @return this
     */
    public ReassemblerBuilder maxMessageBytes(long bytes) {
        maxMessageBytes = bytes;
        return this;
    }

    /**
     * Sets how many sources may be open at once.
     *
     * @param sources 1…2^24
     * @return this
     */
    public ReassemblerBuilder maxSources(int sources) {
        maxSources = sources;
        return this;
    }

    /**
     * Sets how much of the budget all unvalidated sources share.
     *
     * @param bytes 0…{@link #maxBytes}
     * @return this
     */
    public ReassemblerBuilder unvalidatedPoolBytes(long bytes) {
        unvalidatedPoolBytes = bytes;
        return this;
    }

    /**
     * Sets for how long nothing new of a message may arrive before it fails.
     *
     * @param duration 1 ms…1 h
     * @return this
     */
    public ReassemblerBuilder maxStall(Duration duration) {
        maxStall = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sets how many ended messages of each source are remembered, so that a late shard does not open them again. Room for so
     * many delivered messages, whose ids count up, is charged with each source when it opens, but at most an eighth of
     * {@link #maxBytes} for {@link #maxSources} sources (never for fewer than 64 messages); no pressure takes it away, and the
     * message credit does not exceed it. While less than a quarter of the budget is used, more is remembered.
     *
     * @param messages 8…2^24
     * @return this
     */
    public ReassemblerBuilder finishedMemory(int messages) {
        finishedMemory = messages;
        return this;
    }

    /**
     * Sets whether failures carry what is there of the content; {@link MessageFailure#partial}.
     *
     * @param deliver {@code false} by default
     * @return this
     */
    public ReassemblerBuilder deliverPartial(boolean deliver) {
        deliverPartial = deliver;
        return this;
    }

    /**
     * Sets where copies of small shards and the components of messages come from.
     *
     * @param allocator {@link ByteBufAllocator#DEFAULT} by default
     * @return this
     */
    public ReassemblerBuilder allocator(ByteBufAllocator allocator) {
        this.allocator = Objects.requireNonNull(allocator, "allocator");
        return this;
    }

    /**
     * Sets the secret with which ids from the network are hashed. Must be called.
     *
     * @param key0 first half; from {@code SecureRandom} outside simulations
     * @param key1 second half
     * @return this
     */
    public ReassemblerBuilder hashKeys(long key0, long key1) {
        hashKey0 = key0;
        hashKey1 = key1;
        keyed = true;
        return this;
    }

    /**
     * Sets who is told of every count.
     *
     * @param observer {@link EngineObserver#NOOP} by default
     * @return this
     */
    public ReassemblerBuilder observer(EngineObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        return this;
    }

    /**
     * {@return a new engine}
     *
     * @param nowNanos the time at which it starts
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public Reassembler build(long nowNanos) {
        return settings().engine(nowNanos);
    }

    EngineSettings settings() {
        return new EngineSettings(limits(), allocator, observer);
    }

    private Limits limits() {
        Checks.inRange("maxBytes", maxBytes, SMALLEST_BUDGET_BYTES, LARGEST_BUDGET_BYTES);
        Checks.inRange("maxBytesPerSource", maxBytesPerSource, 1, maxBytes);
        Checks.inRange("maxMessagesPerSource", maxMessagesPerSource, 1, LARGEST_COUNT);
        Checks.inRange("maxMessageBytes", maxMessageBytes, 1, Math.min(maxBytes, Integer.MAX_VALUE - 16));
        Checks.inRange("maxSources", maxSources, 1, LARGEST_COUNT);
        Checks.require(
                unvalidatedPoolBytes >= 0 && unvalidatedPoolBytes <= maxBytes,
                "unvalidatedPoolBytes",
                unvalidatedPoolBytes,
                "0…maxBytes " + maxBytes);
        long maxStallNanos = Checks.duration("maxStall", maxStall, Duration.ofMillis(1), Duration.ofHours(1));
        Checks.inRange("finishedMemory", finishedMemory, FailedMessages.SMALLEST, LARGEST_COUNT);
        Checks.require(keyed, "hashKeys", (@Nullable Object) null, "two numbers from SecureRandom");
        return new Limits(
                maxBytes,
                maxBytesPerSource,
                maxMessagesPerSource,
                maxMessageBytes,
                maxSources,
                unvalidatedPoolBytes,
                maxStallNanos,
                finishedMemory,
                deliverPartial,
                hashKey0,
                hashKey1);
    }
}
