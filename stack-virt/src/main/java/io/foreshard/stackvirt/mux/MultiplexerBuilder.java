package io.foreshard.stackvirt.mux;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Builds a {@link Multiplexer}. */
public final class MultiplexerBuilder {

    private static final int MOST_MESSAGES = 1 << 20;

    final EventLoop loop;
    int maxMessages = 1 << 16;
    int handoverMessages = 1 << 12;
    long handoverBytes = 64L << 20;
    long seed = new SecureRandom().nextLong();
    EngineObserver observer = EngineObserver.NOOP;
    TrafficListener traffic = TrafficListener.NONE;
    DemandListener demand = DemandListener.NONE;

    private final List<KindSettings> kinds = new ArrayList<>();

    MultiplexerBuilder(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Adds a kind of stack. At least one.
     *
     * @param settings how its messages are treated
     * @return this
     */
    public MultiplexerBuilder kind(KindSettings settings) {
        kinds.add(settings);
        return this;
    }

    /**
     * Bounds how many messages may be under way: those without a result, and those that a stack may still answer. Default: 65536.
     *
     * @param messages 64…1048576
     * @return this
     */
    public MultiplexerBuilder maxMessages(int messages) {
        maxMessages = messages;
        return this;
    }

    /**
     * Bounds what ports of other threads have handed over and the loop has not taken yet. Default: 4096 messages and 64 MiB.
     *
     * @param messages 2…1048576
     * @param bytes memory of the messages, above 0
     * @return this
     */
    public MultiplexerBuilder handover(int messages, long bytes) {
        handoverMessages = messages;
        handoverBytes = bytes;
        return this;
    }

    /**
     * Sets the seed of all that is random. Default: unforeseeable; only simulations set it, as keys of affinity come from strangers.
     *
     * @param newSeed any number
     * @return this
     */
    public MultiplexerBuilder seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /**
     * Sets who is told what is counted. Default: nobody.
     *
     * @param newObserver told on the loop
     * @return this
     */
    public MultiplexerBuilder observer(EngineObserver newObserver) {
        observer = newObserver;
        return this;
    }

    /**
     * Sets who sees each message come and end. Default: nobody.
     *
     * @param listener told on the loop
     * @return this
     */
    public MultiplexerBuilder traffic(TrafficListener listener) {
        traffic = listener;
        return this;
    }

    /**
     * Sets who is told that messages wait for a stack. Default: nobody.
     *
     * @param listener told on the loop
     * @return this
     */
    public MultiplexerBuilder demand(DemandListener listener) {
        demand = listener;
        return this;
    }

    /**
     * Builds the multiplexer, which has no stacks yet.
     *
     * @throws IllegalArgumentException if a value is out of range, or two kinds have the same name or protocol
     */
    public Multiplexer build() {
        Checks.inRange("maxMessages", maxMessages, 64, MOST_MESSAGES);
        Checks.inRange("handoverMessages", handoverMessages, 2, MOST_MESSAGES);
        Checks.positive("handoverBytes", handoverBytes);
        Checks.require(!kinds.isEmpty(), "kind", kinds, "at least one");
        return new DefaultMultiplexer(this, kinds);
    }
}
