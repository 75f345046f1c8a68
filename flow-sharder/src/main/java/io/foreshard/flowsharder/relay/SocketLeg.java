package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.socket.Sockets;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leg between two sockets of epoll. Their channels have left the event loop, which calls this instead, once for each change of either
 * socket; they are still what closes the sockets. So no buffer is allocated per read, no pipeline is passed, and an end can be told from a
 * pause, which Netty's {@code spliceTo} cannot.
 */
final class SocketLeg {

    private static final Logger LOG = LoggerFactory.getLogger(SocketLeg.class);
    private static final EpollIoOps ALL = EpollIoOps.EPOLLIN
            .with(EpollIoOps.EPOLLOUT)
            .with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);
    private static final int FAILED = EpollIoOps.EPOLLERR.value();
    private static final int WRITABLE = EpollIoOps.EPOLLOUT.value();
    private static final int HANG_UP = 0x10;
    private static final int ENDING = EpollIoOps.EPOLLRDHUP.value() | HANG_UP;
    private static final long STARVED_NANOS = 10_000_000;

    private final RelayLoop loop;
    private final IoEventLoop executor;
    private final SocketFlow forth;
    private final SocketFlow back;
    private final End near;
    private final End far;
    private boolean over;

    /** Begins with what was read before; takes that. */
    SocketLeg(
            RelayLoop loop,
            EpollSocketChannel near,
            EpollSocketChannel far,
            @Nullable Conduit earlyForth,
            @Nullable Conduit earlyBack) {
        this.loop = loop;
        this.executor = (IoEventLoop) near.eventLoop();
        this.forth = new SocketFlow(near.fd(), far.fd(), loop.conduits, loop.forth, earlyForth);
        this.back = new SocketFlow(far.fd(), near.fd(), loop.conduits, loop.back, earlyBack);
        this.near = new End(near, forth, back);
        this.far = new End(far, back, forth);
    }

    /** Begins; both channels must have left their event loop. */
    void start() {
        near.register();
        far.register();
        move(forth);
        move(back);
    }

    /** One of the two sockets. */
    private final class End implements EpollIoHandle {

        private final EpollSocketChannel channel;
        private final SocketFlow from;
        private final SocketFlow to;
        private @Nullable IoRegistration registration;

        End(EpollSocketChannel channel, SocketFlow from, SocketFlow to) {
            this.channel = channel;
            this.from = from;
            this.to = to;
        }

        void register() {
            channel.closeFuture().addListener(closed -> onClosed());
            executor.register(this).addListener((Future<IoRegistration> done) -> {
                if (done.isSuccess() && !over) {
                    registration = done.getNow();
                    registration.submit(ALL);
                } else {
                    breakOff();
                }
            });
        }

        @Override
        public FileDescriptor fd() {
            return channel.fd();
        }

        @Override
        public void handle(IoRegistration unused, IoEvent event) {
            int ops = ((EpollIoEvent) event).ops().value();
            if ((ops & FAILED) != 0) {
                breakOff();
                return;
            }
            if ((ops & ENDING) != 0) {
                from.endComes();
            }
            if (!from.isBlocked()) {
                move(from);
            }
            if ((ops & WRITABLE) != 0 && to.isBlocked()) {
                move(to);
            }
        }

        boolean isDone() {
            return from.isEnded() && to.isEnded();
        }

        void closeIfDone() {
            if (isDone()) {
                leave();
                channel.close();
            }
        }

        void reset() {
            leave();
            Sockets.reset(channel);
        }

        private void leave() {
            if (registration != null) {
                registration.cancel();
                registration = null;
            }
        }

        private void onClosed() {
            if (!isDone()) {
                breakOff();
            }
        }

        /** The event loop ends. */
        @Override
        public void close() {
            breakOff();
        }
    }

    private void move(SocketFlow flow) {
        if (over) {
            return;
        }
        try {
            switch (flow.move()) {
                case WAITS -> {}
                case HAS_MORE -> executor.execute(() -> move(flow));
                case STARVED -> starve(flow);
                case ENDED -> passEnd(flow == forth ? far : near);
            }
        } catch (IOException failed) {
            breakOff();
        } catch (RuntimeException unexpected) {
            LOG.warn("{} is reset", near.channel, unexpected);
            breakOff();
        }
    }

    private void starve(SocketFlow flow) {
        loop.reasons.count(RelayReason.STARVED);
        executor.schedule(() -> move(flow), STARVED_NANOS, TimeUnit.NANOSECONDS);
    }

    private void passEnd(End target) {
        target.channel.shutdownOutput();
        near.closeIfDone();
        far.closeIfDone();
    }

    private void breakOff() {
        if (!over) {
            over = true;
            loop.reasons.count(RelayReason.BROKEN_LEG);
            forth.release();
            back.release();
            near.reset();
            far.reset();
        }
    }
}
