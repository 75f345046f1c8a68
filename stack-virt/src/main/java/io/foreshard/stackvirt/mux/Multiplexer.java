package io.foreshard.stackvirt.mux;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;

/** Brings messages to stacks and answers back. Belongs to one event loop; for more, make more of them. */
public interface Multiplexer extends AutoCloseable {

    /**
     * Returns a builder with the defaults.
     *
     * @param loop owns the multiplexer, and the links of its stacks are made with it
     */
    static MultiplexerBuilder builder(EventLoop loop) {
        return new MultiplexerBuilder(loop);
    }

    /** Returns the loop. */
    EventLoop loop();

    /** Returns the time by which deadlines are given. Any thread. */
    long nowNanos();

    /**
     * Attaches a virtual router. Any thread.
     *
     * @param executor on which its handlers are told; the multiplexer's own loop is the fastest
     * @param maxOutstanding how many messages may have no result yet, 1…1048576
     */
    Port port(EventExecutor executor, int maxOutstanding);

    /**
     * Returns the stacks of a kind.
     *
     * @param kind its name
     * @throws IllegalArgumentException if there is no such kind
     */
    StackSet stacks(String kind);

    /** Returns what was counted. Any thread. */
    Map<MuxReason, Long> counts();

    /** Refuses all messages that have no result, closes the links and takes no more. Any thread; may be repeated. */
    @Override
    void close();
}
