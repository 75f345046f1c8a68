package io.foreshard.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.foreshard.coreapi.Reason;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint over TCP: a socket that accepts, and the connections of all sessions. Those of a session that was opened here are on its
 * loop; those that are accepted take turns, and the loop of the first one owns the session.
 */
final class StreamEndpoint implements ShardEndpoint {

    /** Connections that have not found a session yet; one more closes the oldest. */
    static final int MAX_STRANGERS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final long ACCEPT_PAUSE_NANOS = 1_000_000_000L;

    private final ShardEndpointBuilder builder;
    private final StreamSetup setup;
    private final Channel server;
    private final SessionLoops loops = new SessionLoops();
    private final LoopRouter router;
    private final ChannelGroup channels;
    private volatile boolean closing;

    private StreamEndpoint(ShardEndpointBuilder builder, StreamSetup setup, Channel server, List<EventLoop> executors) {
        this.builder = builder;
        this.setup = setup;
        this.server = server;
        this.channels = new DefaultChannelGroup(executors.get(0));
        byte[] cookieSecret = new byte[CookieMint.SECRET_BYTES];
        builder.config.random.nextBytes(cookieSecret);
        List<LoopRouter.Inbox> inboxes = new ArrayList<>();
        for (int i = 0; i < executors.size(); i++) {
            SessionLoop loop = new SessionLoop(
                    executors.get(i),
                    builder.allocator,
                    builder.config,
                    builder.listener,
                    ClassSinks.NONE,
                    cookieSecret,
                    i,
                    executors.size());
            loops.add(loop);
            inboxes.add(new LoopRouter.Inbox(loop, new ChannelSink(server, Carrier.STREAM)));
        }
        this.router = new LoopRouter(inboxes);
    }

    static Future<ShardEndpoint> bind(ShardEndpointBuilder given) {
        given.config.reassembler(given.loops);
        ShardEndpointBuilder builder = new ShardEndpointBuilder(given);
        StreamSetup setup = new StreamSetup(builder);
        List<EventLoop> executors = new ArrayList<>();
        for (int i = 0; i < builder.loops; i++) {
            executors.add(builder.group.next());
        }
        Promise<ShardEndpoint> bound = executors.get(0).newPromise();
        setup.server(executors.get(0), new EndpointBinding.Gate())
                .bind(builder.localAddress)
                .addListener(done -> {
                    Channel server = ((ChannelFuture) done).channel();
                    if (done.isSuccess()) {
                        bound.setSuccess(new StreamEndpoint(builder, setup, server, executors).start());
                    } else {
                        bound.setFailure(done.cause());
                    }
                });
        return bound;
    }

    private StreamEndpoint start() {
        channels.add(server);
        server.pipeline().addLast(new Acceptor());
        server.pipeline().remove(EndpointBinding.Gate.class);
        server.config().setAutoRead(true);
        return this;
    }

    /** Gives each accepted connection a loop and a place among the strangers. */
    private final class Acceptor extends ChannelInboundHandlerAdapter {

        private final ArrayDeque<StreamConnection> strangers = new ArrayDeque<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Channel child && !closing) {
                accept(child);
            } else if (message instanceof Channel child) {
                child.unsafe().closeForcibly();
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        /** As when there are no more file descriptors: to ask for the next connection at once would only fail again. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.warn("{} accepts nothing for a while", ctx.channel(), cause);
            ctx.channel().config().setAutoRead(false);
            ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), ACCEPT_PAUSE_NANOS, NANOSECONDS);
        }

        private void accept(Channel child) {
            try {
                StreamConnection connection = adopt(child, loops.nextIndex());
                connection.register(builder.config.handshakeTimeoutNanos);
                strangers.add(connection);
            } catch (RuntimeException goneAlready) {
                child.unsafe().closeForcibly();
            }
            while (!strangers.isEmpty()
                    && (strangers.size() > MAX_STRANGERS || strangers.element().isSettled())) {
                strangers.remove().onStray();
            }
        }
    }

    private StreamConnection adopt(Channel channel, int index) {
        setup.configure(channel);
        channels.add(channel);
        return new StreamConnection(channel, router, loops.get(index), index);
    }

    @Override
    public Future<ShardSession> connect(SocketAddress remote, @Nullable InetSocketAddress destination) {
        int index = loops.nextIndex();
        SessionLoop loop = loops.get(index);
        Promise<ShardSession> promise = loop.executor().newPromise();
        if (!(remote instanceof InetSocketAddress inet) || inet.isUnresolved()) {
            return promise.setFailure(
                    new IllegalArgumentException("remote: " + remote + " (expected: a resolved internet address)"));
        }
        dial(index, remote).addListener(done -> {
            if (done.isSuccess()) {
                open(index, (StreamConnection) done.getNow(), destination, promise);
            } else {
                promise.tryFailure(done.cause());
            }
        });
        return promise;
    }

    private void open(
            int index, StreamConnection first, @Nullable InetSocketAddress destination, Promise<ShardSession> promise) {
        SessionLoop loop = loops.get(index);
        SocketAddress remote = first.remoteAddress();
        SessionEngine engine = loop.connect(first, remote, destination);
        StreamDialer dialer = new StreamDialer(loop, engine, () -> dial(index, remote), builder.connections);
        engine.sinks.dialWith(dialer);
        engine.opened().addListener(done -> {
            if (done.isSuccess()) {
                dialer.start();
            }
        });
        engine.opened().addListener(new PromiseNotifier<>(promise));
    }

    private Future<StreamConnection> dial(int index, SocketAddress remote) {
        EventLoop executor = loops.get(index).executor();
        Promise<StreamConnection> promise = executor.newPromise();
        Bootstrap bootstrap = setup.client(executor, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                adopt(channel, index);
            }
        });
        try {
            bootstrap
                    .connect(remote, clientAddress())
                    .addListener(done -> onDialed((ChannelFuture) done, closing, promise));
        } catch (RejectedExecutionException shutDown) {
            promise.tryFailure(shutDown);
        }
        return promise;
    }

    /** Ends one attempt. A channel that the peer has closed again by now has no handlers any more. */
    static void onDialed(ChannelFuture done, boolean closing, Promise<StreamConnection> promise) {
        StreamConnection connection = done.channel().pipeline().get(StreamConnection.class);
        if (!done.isSuccess()) {
            promise.tryFailure(done.cause());
        } else if (closing) {
            done.channel().close();
            promise.tryFailure(new IllegalStateException("endpoint: closed (expected: open)"));
        } else if (connection == null) {
            promise.tryFailure(new ClosedChannelException());
        } else {
            promise.trySuccess(connection);
        }
    }

    /** Connections leave from the address that is bound, each by a port of its own. */
    private SocketAddress clientAddress() {
        return new InetSocketAddress(localAddress().getAddress(), 0);
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public List<Capability> capabilities() {
        return setup.capabilities();
    }

    @Override
    public Map<Reason, Long> counters() {
        return loops.counters();
    }

    @Override
    public long reassemblyBytes() {
        return loops.reassemblyBytes();
    }

    @Override
    public long peakReassemblyBytes() {
        return loops.peakReassemblyBytes();
    }

    @Override
    public Future<Void> close() {
        closing = true;
        Promise<Void> closed = loops.get(0).executor().newPromise();
        try {
            loops.close(() -> closeChannels(closed));
        } catch (RejectedExecutionException shutDown) {
            closed.tryFailure(shutDown);
        }
        return closed;
    }

    private void closeChannels(Promise<Void> closed) {
        server.close();
        for (Channel channel : channels) {
            StreamConnection connection = channel.pipeline().get(StreamConnection.class);
            if (connection != null) {
                connection.leave();
            }
        }
        channels.newCloseFuture().addListener(done -> closed.trySuccess(null));
    }
}
