package io.foreshard.transport;

import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.Accept;
import io.foreshard.shardcodec.HandshakeCodec;
import io.foreshard.shardcodec.Hello;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says HELLO until it is answered: a retry with a cookie, then a session. Repeats with doubling intervals until the handshake's time is
 * up. Confined to one event loop.
 */
final class Initiator extends TimerWheel.Timer {

    private static final long FIRST_RETRY_NANOS = 200_000_000L;
    private static final long MAX_RETRY_NANOS = 2_000_000_000L;
    private static final int MAX_COOKIES = 4;

    /** Is told how the handshake ended. */
    interface Outcome {
        void onAccepted(Accept.Session accepted, long rttNanos, long nowNanos);

        void onTimeout();
    }

    private final PacketWriter writer;
    private final PacketSink sink;
    private final TimerWheel timers;
    private final Outcome outcome;
    private final SocketAddress remote;
    private final @Nullable InetSocketAddress destination;
    private final SessionLimits limits;
    private final long sessionId;
    private final long giveUpNanos;
    private final int helloBytes;
    private byte[] cookie = new byte[0];
    private int cookies;
    private long sentNanos;
    private long retryNanos = FIRST_RETRY_NANOS;
    private boolean repeated;
    private boolean over;

    Initiator(
            PacketWriter writer,
            PacketSink sink,
            TimerWheel timers,
            Outcome outcome,
            SocketAddress remote,
            @Nullable InetSocketAddress destination,
            SessionLimits limits,
            long sessionId,
            int pathMtuBytes,
            long giveUpNanos) {
        this.writer = writer;
        this.sink = sink;
        this.timers = timers;
        this.outcome = outcome;
        this.remote = remote;
        this.destination = destination;
        this.limits = limits;
        this.sessionId = sessionId;
        this.helloBytes = Math.min(pathMtuBytes, WireFormat.DEFAULT_PATH_MTU_BYTES);
        this.giveUpNanos = giveUpNanos;
    }

    void start(long nowNanos) {
        say(nowNanos);
    }

    private void say(long nowNanos) {
        sentNanos = nowNanos;
        Hello hello = new Hello(List.of(WireFormat.VERSION), sessionId, limits, cookie, destination);
        ByteBuf packet = sink.allocator().ioBuffer(helloBytes);
        writer.begin(packet, PacketKind.HELLO, 0, 0, 0, 0, PacketOut.micros(nowNanos));
        HandshakeCodec.writeHello(packet, hello, helloBytes);
        writer.finishControl(packet);
        sink.write(packet, remote);
        sink.flush();
        timers.schedule(this, Math.min(nowNanos + retryNanos, giveUpNanos));
    }

    void onAccept(Accept accept, long nowNanos) {
        if (over) {
            return;
        }
        if (accept instanceof Accept.Retry retry) {
            if (cookies++ < MAX_COOKIES) {
                repeated = cookie.length > 0;
                cookie = retry.cookie();
                say(nowNanos);
            }
        } else if (accept instanceof Accept.Session session && session.version() == WireFormat.VERSION) {
            stop();
            outcome.onAccepted(session, repeated ? 0 : nowNanos - sentNanos, nowNanos);
        }
    }

    void stop() {
        over = true;
        timers.cancel(this);
    }

    @Override
    protected void onExpired(long nowNanos) {
        if (over) {
            return;
        }
        if (nowNanos - giveUpNanos >= 0) {
            stop();
            outcome.onTimeout();
            return;
        }
        retryNanos = Math.min(2 * retryNanos, MAX_RETRY_NANOS);
        repeated = true;
        say(nowNanos);
    }
}
