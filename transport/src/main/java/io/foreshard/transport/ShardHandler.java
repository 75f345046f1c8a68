package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts sessions between an application's pipeline and its channel: what the application writes is sent as messages of any size, what it
 * reads are whole messages again. Both sides of a connection need the handler.
 *
 * <p>In a datagram pipeline it takes and gives {@link DatagramPacket}s (and {@link ByteBuf}s where the channel is connected); a session
 * is opened for each new address that is written to. In a stream pipeline it takes and gives {@link ByteBuf}s, behind a
 * {@link io.foreshard.shardcodec.PacketFrameDecoder} and a {@link io.foreshard.shardcodec.PacketFrameEncoder}. A write's promise
 * completes when the receiver has delivered the message; the channel is unwritable while too much is not committed. There is no
 * offload and no marking of traffic classes, as the channel is not ours; classes still order what leaves.
 *
 * <p>One instance per channel, confined to its event loop. No exception from the network leaves it.
 */
public final class ShardHandler extends ChannelDuplexHandler {

    private static final int WRITABILITY_INDEX = 7;

    private final TransportConfig config;
    private final MessageOptions options;
    private final Map<SocketAddress, SessionEngine> byRemote = new HashMap<>();
    private @Nullable SessionLoop loop;
    private @Nullable PacketSink sink;

    /**
     * Makes a handler whose messages are reliable.
     *
     * @param config how sessions behave
     */
    public ShardHandler(TransportConfig config) {
        this(config, MessageOptions.reliable());
    }

    /**
     * Makes a handler.
     *
     * @param config how sessions behave
     * @param options what every message is promised
     */
    public ShardHandler(TransportConfig config, MessageOptions options) {
        this.config = config;
        this.options = options;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Carrier carrier = ctx.channel() instanceof DatagramChannel ? Carrier.DATAGRAM : Carrier.STREAM;
        byte[] cookieSecret = new byte[CookieMint.SECRET_BYTES];
        config.random.nextBytes(cookieSecret);
        sink = new ChannelSink(ctx, carrier);
        loop = new SessionLoop(
                ctx.channel().eventLoop(),
                ctx.alloc(),
                config,
                new Upstream(ctx, carrier),
                ClassSinks.NONE,
                cookieSecret,
                0,
                1);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof DatagramPacket datagram) {
            send(datagram.content(), datagram.recipient(), promise);
        } else if (message instanceof ByteBuf content) {
            send(content, ctx.channel().remoteAddress(), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private void send(ByteBuf content, @Nullable SocketAddress remote, ChannelPromise promise) {
        SessionLoop running = loop;
        PacketSink out = sink;
        if (running == null || out == null || remote == null) {
            content.release();
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        SessionEngine session = byRemote.get(remote);
        if (session == null) {
            session = open(running, out, remote);
        }
        Future<Void> sent = session.session().send(content, options);
        sent.addListener(done -> {
            if (done.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(done.cause());
            }
        });
    }

    private SessionEngine open(SessionLoop running, PacketSink out, SocketAddress remote) {
        SessionEngine session = running.connect(out, remote, null);
        byRemote.put(remote, session);
        session.closed().addListener(done -> byRemote.remove(remote, session));
        return session;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        SessionLoop running = loop;
        PacketSink out = sink;
        if (running == null || out == null) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof DatagramPacket datagram) {
            read(running, datagram.content(), datagram.sender(), out);
        } else if (message instanceof ByteBuf packet) {
            read(running, packet, ctx.channel().remoteAddress(), out);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static void read(SessionLoop running, ByteBuf packet, SocketAddress from, PacketSink out) {
        try {
            running.onPacket(packet, from, out);
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (loop != null) {
            loop.serve();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop("the channel is closed");
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop("the handler was removed");
    }

    private void stop(String text) {
        SessionLoop running = loop;
        loop = null;
        sink = null;
        if (running != null) {
            running.close(text);
        }
    }

    /** Returns how often each reason was counted, without those that never were. */
    public Map<Reason, Long> counters() {
        SessionLoop running = loop;
        return running == null ? Map.of() : running.allCounters();
    }

    /** Hands messages to the application's handlers. */
    private final class Upstream implements SessionListener {

        private final ChannelHandlerContext ctx;
        private final Carrier carrier;
        private int unwritable;

        Upstream(ChannelHandlerContext ctx, Carrier carrier) {
            this.ctx = ctx;
            this.carrier = carrier;
        }

        @Override
        public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
            if (carrier == Carrier.STREAM) {
                ctx.fireChannelRead(message);
                return;
            }
            keepKey(session);
            InetSocketAddress local = (InetSocketAddress) ctx.channel().localAddress();
            ctx.fireChannelRead(new DatagramPacket(message, local, (InetSocketAddress) session.remoteAddress()));
        }

        @Override
        public void onOpen(ShardSession session) {
            byRemote.put(session.remoteAddress(), ((Session) session).engine());
        }

        /** Answers must find the session under the address that the application sees, also after that has changed. */
        private void keepKey(ShardSession session) {
            SessionEngine engine = ((Session) session).engine();
            SocketAddress remote = session.remoteAddress();
            if (!byRemote.containsKey(remote)) {
                byRemote.values().remove(engine);
                byRemote.put(remote, engine);
            }
        }

        @Override
        public void onClose(ShardSession session) {
            byRemote.values().remove(((Session) session).engine());
        }

        @Override
        public void onWritabilityChanged(ShardSession session, boolean writable) {
            unwritable += writable ? -1 : 1;
            ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
            if (buffer != null) {
                buffer.setUserDefinedWritability(WRITABILITY_INDEX, unwritable == 0);
            }
        }
    }
}
