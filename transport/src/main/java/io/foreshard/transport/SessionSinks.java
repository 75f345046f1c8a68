package io.foreshard.transport;

import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.CloseReason;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the channels of a session tell it, brought to its loop: packets refused, room again, connections lost. A session lives while one
 * of its connections does, and for the handshake's time without any, so that its peer, or its {@link StreamDialer}, can bring one back.
 * Confined to one event loop, except for what {@link PacketSink.Owner} says.
 */
final class SessionSinks extends TimerWheel.Timer implements PacketSink.Owner {

    private final SessionLoop loop;
    private final SessionEngine engine;
    private final Runnable touch;
    private @Nullable StreamDialer dialer;

    SessionSinks(SessionLoop loop, SessionEngine engine) {
        this.loop = loop;
        this.engine = engine;
        this.touch = () -> loop.touch(engine);
    }

    /** Sets who opens the connections of the session, and brings back those that are lost. */
    void dialWith(StreamDialer streamDialer) {
        dialer = streamDialer;
    }

    @Override
    public void onTooLarge(int packetBytes) {
        loop.run(() -> engine.onTooLarge(packetBytes));
    }

    @Override
    public void onRoom() {
        if (loop.executor().inEventLoop()) {
            loop.touch(engine);
        } else {
            tell(touch);
        }
    }

    @Override
    public void onGone(PacketSink sink) {
        tell(() -> lose(sink));
    }

    private void tell(Runnable news) {
        try {
            loop.executor().execute(news);
        } catch (RejectedExecutionException shutDown) {
            // The sessions of a loop that is shut down are gone with it.
        }
    }

    private void lose(PacketSink sink) {
        SessionPath lost = engine.paths.on(sink);
        if (lost == null || engine.isClosed()) {
            return;
        }
        long now = loop.nowNanos();
        if (!engine.isOpen()) {
            engine.close("the connection was closed before the session was open", null);
            return;
        }
        lost.close(now);
        loop.counters().count(TransportReason.CONNECTION_LOST);
        if (engine.paths.count() == 0) {
            loop.timers().schedule(this, now + loop.config().handshakeTimeoutNanos);
        }
        if (dialer != null) {
            dialer.onLost(lost.path.id, lost.path.loss.ackedPackets() > 0, now);
        }
        loop.touch(engine);
    }

    @Override
    protected void onExpired(long nowNanos) {
        if (engine.paths.count() == 0) {
            loop.counters().count(TransportReason.PEER_SILENT);
            engine.close("no connection to " + engine.path.remote() + " for too long", CloseReason.IDLE);
        }
    }

    /** The session has ended. */
    void close() {
        loop.timers().cancel(this);
        if (dialer != null) {
            dialer.stop();
        }
        engine.paths.leave();
    }
}
