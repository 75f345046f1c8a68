package io.foreshard.simulator;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A listening stream socket in a {@link Simulation}; accepts {@link SimulatedStreamChannel}s. Connections that the application has
 * not accepted wait, {@code SO_BACKLOG} of them; further requests are lost, so that their clients time out.
 */
public final class SimulatedServerStreamChannel extends AbstractServerChannel implements ServerSocketChannel {

    private final Readiness readiness = new Readiness();
    private final SimulatedServerStreamConfig config = new SimulatedServerStreamConfig(this, readiness);
    private final Queue<SimulatedStreamChannel> backlog = new ArrayDeque<>();
    private @Nullable InetSocketAddress local;
    private boolean closed;

    /** Makes a socket that is neither registered nor bound. */
    public SimulatedServerStreamChannel() {}

    @Override
    public ServerSocketChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed && local != null;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    boolean hasRoom() {
        return backlog.size() < config.getBacklog();
    }

    SimulatedStreamChannel newChild(Route route) {
        return new SimulatedStreamChannel(this, node().nextChannelId(), route);
    }

    void accept(SimulatedStreamChannel child) {
        backlog.add(child);
        signalReadable();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimulatedLoop;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        readiness.register(eventLoop(), new Handle(), promise);
    }

    @Override
    protected void doDeregister() {
        readiness.deregister();
    }

    @Override
    protected void doBind(SocketAddress localAddress) throws Exception {
        local = node().listen(this, (InetSocketAddress) localAddress);
    }

    @Override
    protected void doClose() {
        if (!closed && local != null) {
            node().stopListening(this);
        }
        closed = true;
        backlog.forEach(SimulatedStreamChannel::doClose);
        backlog.clear();
    }

    @Override
    protected void doBeginRead() {
        readiness.askToRead();
        signalReadable();
    }

    private SimulatedNode node() {
        return ((SimulatedLoop) eventLoop()).node();
    }

    private void signalReadable() {
        if (!backlog.isEmpty()) {
            readiness.signalReadable(config.isAutoRead());
        }
    }

    private void acceptAll() {
        readiness.clearReadPending();
        for (SimulatedStreamChannel child = backlog.poll(); child != null; child = backlog.poll()) {
            pipeline().fireChannelRead(child);
        }
        pipeline().fireChannelReadComplete();
    }

    private final class Handle implements SimulatedIoHandle {

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            acceptAll();
        }

        @Override
        public void close() {
            unsafe().close(unsafe().voidPromise());
        }
    }
}
