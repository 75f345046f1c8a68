package io.foreshard.flowsharder.accept;

import io.foreshard.coreapi.Reason;
import io.foreshard.runtime.ReasonCounters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the connections of one acceptor share: settings, counters of each event loop, and how many are at their requests. */
final class DefaultAcceptor implements Acceptor {

    /** Sets up a connection to speak a protocol. */
    interface Protocol {

        void begin(Channel connection, DefaultAcceptor acceptor);
    }

    private final AcceptSettings settings;
    private final Protocol protocol;
    private final Map<EventLoop, ReasonCounters<AcceptReason>> counters = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ChannelHandler handler = new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
            begin(channel);
        }
    };

    DefaultAcceptor(AcceptSettings settings, Protocol protocol) {
        this.settings = settings;
        this.protocol = protocol;
    }

    private void begin(Channel connection) {
        protocol.begin(connection, this);
    }

    AcceptSettings settings() {
        return settings;
    }

    void count(EventLoop loop, AcceptReason reason) {
        counters.computeIfAbsent(loop, one -> new ReasonCounters<>(AcceptReason.class, settings.observer()))
                .count(reason);
    }

    /** Returns whether one more may wait; if so, {@link #left} has to follow. */
    boolean tryEnter() {
        if (waiting.incrementAndGet() <= settings.mostWaiting()) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    void left() {
        waiting.decrementAndGet();
    }

    @Override
    public Future<Channel> listen(SocketAddress local) {
        return settings.ingress().listen(local, handler);
    }

    @Override
    public ChannelHandler handler() {
        return handler;
    }

    @Override
    public Map<Reason, Long> counters() {
        Map<Reason, Long> sum = new HashMap<>();
        new ReasonCounters<>(AcceptReason.class, settings.observer())
                .snapshot()
                .forEach((reason, none) -> sum.put(reason, 0L));
        counters.values()
                .forEach(one -> one.snapshot().forEach((reason, amount) -> sum.merge(reason, amount, Long::sum)));
        return sum;
    }
}
