package io.foreshard.reassembler;

import io.foreshard.shardcodec.PacketReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The engine behind a handler, its sources by sender, and its one timer. */
final class Inbox {

    private static final long SHORTEST_DELAY_NANOS = 1_000_000L;

    private final ChannelHandlerContext ctx;
    private final HandlerSettings settings;
    private final Ticker ticker;
    private final DefaultReassembler engine;
    private final Map<SenderKey, Sender> senders = new HashMap<>();
    private final Chain<Sender> byLastUse = new Chain<>();
    private @Nullable Future<?> timer;
    private long timerNanos;

    Inbox(ChannelHandlerContext ctx, HandlerSettings settings, Ticker ticker) {
        this.ctx = ctx;
        this.settings = settings;
        this.ticker = ticker;
        this.engine = settings.engine().engine(ticker.nanoTime());
    }

    /** One source, and where its messages go. */
    private final class Sender extends Linked<Sender> implements ReassemblyListener {

        private final SenderKey key;
        private @Nullable ShardSource source;

        Sender(SenderKey key) {
            this.key = key;
        }

        @Override
        public void onMessage(ShardSource from, MessageInfo info, ByteBuf message) {
            ctx.fireChannelRead(new ReassembledMessage(info, key.sender(), message));
        }

        @Override
        public void onFailure(ShardSource from, MessageFailure failure) {
            ByteBuf partial = failure.partial();
            if (settings.failures() != null) {
                settings.failures().accept(failure);
            } else if (partial != null) {
                partial.release();
            }
        }

        @Override
        public void onFeedbackDue(ShardSource from) {
            // There is no way back to the sender.
        }
    }

    void onShard(@Nullable SocketAddress address, PacketReader reader, ByteBuf packet) {
        ShardSource source = sourceOf(new SenderKey(address, reader.sessionId()));
        if (source != null) {
            engine.onShard(source, reader.shard(), packet, reader.bodyIndex(), reader.payloadCrc(), ticker.nanoTime());
        }
    }

    private @Nullable ShardSource sourceOf(SenderKey key) {
        Sender sender = senders.get(key);
        if (sender == null) {
            sender = open(key);
        }
        if (sender == null) {
            return null;
        }
        byLastUse.append(sender);
        return sender.source;
    }

    private @Nullable Sender open(SenderKey key) {
        boolean validated = settings.isValidated(key.sender());
        Sender sender = new Sender(key);
        sender.source = engine.openOneWay(sender, validated, ticker.nanoTime());
        if (sender.source == null && closeSilent()) {
            sender.source = engine.openOneWay(sender, validated, ticker.nanoTime());
        }
        if (sender.source == null) {
            return null;
        }
        senders.put(key, sender);
        return sender;
    }

    private boolean closeSilent() {
        Sender silent = byLastUse.first();
        if (silent == null) {
            return false;
        }
        close(silent);
        return true;
    }

    private void close(Sender sender) {
        Chain.detach(sender);
        senders.remove(sender.key);
        if (sender.source != null) {
            engine.close(sender.source);
        }
    }

    /** Sets the timer to the engine's next one, unless it is set early enough. */
    void schedule() {
        long nextNanos = engine.nextTimerNanos();
        if (nextNanos == Long.MAX_VALUE || (timer != null && timerNanos <= nextNanos)) {
            return;
        }
        cancel();
        long delayNanos = Math.max(SHORTEST_DELAY_NANOS, nextNanos - ticker.nanoTime());
        timerNanos = nextNanos;
        timer = ctx.executor().schedule(this::onTimer, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        timer = null;
        engine.advance(ticker.nanoTime());
        schedule();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Releases all that is unfinished. */
    void close() {
        cancel();
        for (Sender sender = byLastUse.first(); sender != null; sender = byLastUse.first()) {
            close(sender);
        }
    }

    DefaultReassembler engine() {
        return engine;
    }
}
