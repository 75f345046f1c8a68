package io.foreshard.simulator;

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What simulated UDP and stream sockets have in common: the tie to their loop, and readiness. */
abstract class SimulatedSocket extends AbstractChannel {

    private final Readiness readiness = new Readiness();

    SimulatedSocket(@Nullable Channel parent) {
        super(parent);
    }

    SimulatedSocket(@Nullable Channel parent, ChannelId id) {
        super(parent, id);
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimulatedLoop;
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
    protected void doBeginRead() {
        readiness.askToRead();
        signalReadable();
    }

    /** Whether the application has something to read. */
    abstract boolean hasNews();

    /** Hands what is there to the pipeline, as far as the receive allocator goes on. */
    abstract void readNews();

    Readiness readiness() {
        return readiness;
    }

    /** Has the loop call {@link #readNews()} if there are news and the application wants them. */
    void signalReadable() {
        if (hasNews()) {
            readiness.signalReadable(config().isAutoRead());
        }
    }

    /** Has the loop try again to write what waits in the outbound buffer. */
    void signalWritable() {
        readiness.signal(SimulatedIoEvent.WRITE);
    }

    RecvByteBufAllocator.ExtendedHandle beginReading() {
        RecvByteBufAllocator.ExtendedHandle handle =
                (RecvByteBufAllocator.ExtendedHandle) unsafe().recvBufAllocHandle();
        handle.reset(config());
        return handle;
    }

    void endReading(RecvByteBufAllocator.ExtendedHandle handle) {
        handle.readComplete();
        pipeline().fireChannelReadComplete();
    }

    void closeNow() {
        unsafe().close(unsafe().voidPromise());
    }

    SimulatedNode node() {
        return ((SimulatedLoop) eventLoop()).node();
    }

    /** Connects and resumes writes. */
    abstract class SocketUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            if (promise.setUncancellable() && ensureOpen(promise)) {
                connect((InetSocketAddress) remote, (InetSocketAddress) local, promise);
            }
        }

        abstract void connect(InetSocketAddress peer, @Nullable InetSocketAddress from, ChannelPromise promise);

        void resumeWrites() {
            flush0();
        }
    }

    private final class Handle implements SimulatedIoHandle {

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (event == SimulatedIoEvent.READ) {
                readNews();
            } else {
                ((SocketUnsafe) unsafe()).resumeWrites();
            }
        }

        @Override
        public void close() {
            closeNow();
        }
    }
}
