package io.foreshard.simulator;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.util.concurrent.Future;
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

    private final SimulatedServerStreamConfig config = new SimulatedServerStreamConfig(this);
    private final Queue<SimulatedStreamChannel> backlog = new ArrayDeque<>();
    private @Nullable SimulatedRegistration registration;
    private @Nullable InetSocketAddress local;
    private boolean readPending;
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

    void clearReadPending() {
        readPending = false;
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
        ((IoEventLoop) eventLoop()).register(new Handle()).addListener((Future<IoRegistration> future) -> {
            registration = (SimulatedRegistration) future.getNow();
            promise.setSuccess();
        });
    }

    @Override
    protected void doDeregister() {
        if (registration != null) {
            registration.cancel();
        }
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
        readPending = true;
        signalReadable();
    }

    private SimulatedNode node() {
        return ((SimulatedLoop) eventLoop()).node();
    }

    private void signalReadable() {
        if (registration != null && !backlog.isEmpty() && (readPending || config.isAutoRead())) {
            registration.signal(SimulatedIoEvent.READ);
        }
    }

    private void acceptAll() {
        readPending = false;
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
