package io.foreshard.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import org.jspecify.annotations.Nullable;

/**
 * A stream socket in a {@link Simulation}: reliable, in order, with the rate and the delay of the links, like TCP without losses of
 * its own.
 *
 * <p>Pipelines read and write {@code ByteBuf}s. What is written waits in the send buffer ({@code SO_SNDBUF}), then in the outbound
 * buffer, whose water marks govern writability. What the other application does not read fills its receive buffer
 * ({@code SO_RCVBUF}) and stops the sender. {@code shutdownOutput} half-closes; {@code SO_LINGER} 0 makes close a reset, and so does
 * closing with unread data. A connection attempt over a missing link ends by its timeout, to a closed port by "Connection refused".
 */
public final class SimulatedStreamChannel extends SimulatedSocket implements SocketChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private final SimulatedStreamConfig config = new SimulatedStreamConfig(this, readiness());
    private final StreamInput input = new StreamInput();
    private @Nullable InetSocketAddress local;
    private @Nullable InetSocketAddress remote;
    private @Nullable StreamPipe outgoing;
    private @Nullable Connecting connecting;
    private boolean outputShutdown;
    private boolean closed;

    /** Makes a socket that is neither registered nor connected. */
    public SimulatedStreamChannel() {
        super(null);
    }

    SimulatedStreamChannel(ChannelId id) {
        super(null, id);
    }

    SimulatedStreamChannel(SimulatedServerStreamChannel parent, ChannelId id, Route route) {
        super(parent, id);
        local = route.destination();
        remote = route.source();
    }

    @Override
    public SocketChannelConfig config() {
        return config;
    }

    @Override
    public ServerSocketChannel parent() {
        return (ServerSocketChannel) super.parent();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed && outgoing != null;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isInputShutdown() {
        return input.isShutdown() || closed;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown || closed;
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        return inLoop(promise, () -> {
            input.shutdown();
            promise.trySuccess();
        });
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        return inLoop(promise, () -> ((StreamUnsafe) unsafe()).shutdownOutput(promise));
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        shutdownInput();
        return shutdownOutput(promise);
    }

    void connected(StreamPipe in, StreamPipe out) {
        input.connected(in);
        outgoing = out;
    }

    void connectSucceeded(StreamPipe in, StreamPipe out) {
        if (closed) {
            out.reset();
        } else {
            connected(in, out);
            eventLoop().execute(this::finishConnect);
        }
    }

    void connectFailed(IOException cause) {
        eventLoop().execute(() -> failConnect(cause));
    }

    void receive(byte[] segment) {
        if (closed) {
            resetPeer();
        } else {
            input.add(segment);
            signalReadable();
        }
    }

    void receiveEnd() {
        input.end();
        signalReadable();
    }

    void receiveReset() {
        input.reset();
        signalReadable();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected void doBind(SocketAddress localAddress) throws Exception {
        InetSocketAddress wanted = (InetSocketAddress) localAddress;
        local = node().clientAddress(wanted, node().address());
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doShutdownOutput() {
        outputShutdown = true;
        if (outgoing != null) {
            outgoing.finish();
        }
    }

    @Override
    protected void doClose() {
        if (closed) {
            return;
        }
        closed = true;
        if (connecting != null) {
            connecting.fail(new ClosedChannelException());
        }
        if (config.getSoLinger() == 0 || !input.isEmpty()) {
            resetPeer();
        } else if (outgoing != null) {
            outgoing.finish();
        }
        input.discard();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("message: " + message.getClass().getName() + " (expected: ByteBuf)");
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws IOException {
        if (input.isReset()) {
            throw new IOException("Connection reset by peer");
        }
        while (in.current() instanceof ByteBuf data && outgoing != null) {
            int written = outgoing.write(data);
            in.progress(written);
            if (data.isReadable()) {
                return;
            }
            in.remove();
        }
    }

    private void finishConnect() {
        if (connecting != null && connecting.succeed()) {
            pipeline().fireChannelActive();
        } else {
            closeNow();
        }
    }

    private void failConnect(IOException cause) {
        if (connecting != null && connecting.fail(cause)) {
            closeNow();
        }
    }

    private ChannelFuture inLoop(ChannelPromise promise, Runnable action) {
        if (eventLoop().inEventLoop()) {
            action.run();
        } else {
            eventLoop().execute(action);
        }
        return promise;
    }

    private void resetPeer() {
        if (outgoing != null) {
            outgoing.reset();
        }
    }

    @Override
    boolean hasNews() {
        return !closed && input.hasNews();
    }

    @Override
    void readNews() {
        RecvByteBufAllocator.ExtendedHandle handle = beginReading();
        boolean more = !input.isEmpty();
        while (more) {
            ByteBuf buffer = handle.allocate(config.getAllocator());
            handle.attemptedBytesRead(buffer.writableBytes());
            handle.lastBytesRead(input.readInto(buffer));
            handle.incMessagesRead(1);
            readiness().clearReadPending();
            pipeline().fireChannelRead(buffer);
            more = !input.isEmpty() && handle.continueReading();
        }
        endReading(handle);
        if (!closed && input.isEmpty()) {
            readEnd();
        }
        signalReadable();
    }

    private void readEnd() {
        if (input.isReset()) {
            pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
            closeNow();
        } else if (input.takeEnd()) {
            reportEnd();
        }
    }

    private void reportEnd() {
        if (config.isAllowHalfClosure()) {
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        } else {
            closeNow();
        }
    }

    private final class StreamUnsafe extends SocketUnsafe {

        @Override
        void connect(InetSocketAddress peer, @Nullable InetSocketAddress from, ChannelPromise promise) {
            if (remote != null) {
                safeSetFailure(
                        promise, isActive() ? new AlreadyConnectedException() : new ConnectionPendingException());
                return;
            }
            try {
                begin(peer, from, promise);
            } catch (IOException e) {
                safeSetFailure(promise, annotateConnectException(e, peer));
                closeNow();
            }
        }

        private void begin(InetSocketAddress peer, @Nullable InetSocketAddress from, ChannelPromise promise)
                throws IOException {
            InetSocketAddress source = local;
            if (source == null) {
                source = node().clientAddress(from == null ? new InetSocketAddress(0) : from, peer.getAddress());
            }
            local = source;
            remote = peer;
            connecting = new Connecting(
                    promise,
                    eventLoop(),
                    config.getConnectTimeoutMillis(),
                    peer,
                    SimulatedStreamChannel.this::failConnect);
            new StreamConnector(node().network()).connect(SimulatedStreamChannel.this, new Route(source, peer));
        }
    }
}
