package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Connects to the unix socket of a stack that may still be on its way to listen. */
public final class UnixConnector {

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    private final Path socket;
    private final EventLoop loop;
    private final StackProtocol protocol;
    private final LinkLimits limits;
    private final StackLink.Listener listener;
    private final BooleanSupplier isAlive;
    private final Supplier<CompletionStage<StackFailure>> ending;
    private final CompletableFuture<StackLink> link = new CompletableFuture<>();
    private long pause = FIRST_PAUSE_NANOS;

    /**
     * Connects to nothing yet.
     *
     * @param socket where the stack listens, or will
     * @param loop of the link; epoll is used if that is what it runs, NIO else
     * @param protocol what the stack speaks
     * @param limits of the link
     * @param listener told of answers and of the end
     * @param isAlive whether it makes sense to wait; asked on the loop, so it must be quick
     * @param ending finds out why the stack has ended; called on the loop
     */
    public UnixConnector(
            Path socket,
            EventLoop loop,
            StackProtocol protocol,
            LinkLimits limits,
            StackLink.Listener listener,
            BooleanSupplier isAlive,
            Supplier<CompletionStage<StackFailure>> ending) {
        this.socket = socket;
        this.loop = loop;
        this.protocol = protocol;
        this.limits = limits;
        this.listener = listener;
        this.isAlive = isAlive;
        this.ending = ending;
    }

    /**
     * Connects, again and again until the stack listens.
     *
     * @param patience how long
     * @return completes on the event loop
     */
    public CompletionStage<StackLink> connect(Duration patience) {
        loop.execute(this::attempt);
        var deadline = loop.schedule(this::giveUp, patience.toNanos(), TimeUnit.NANOSECONDS);
        link.whenComplete((made, fault) -> deadline.cancel(false));
        return link;
    }

    private void giveUp() {
        link.completeExceptionally(new StackException(StackFailure.UNREACHABLE, socket + ": does not listen in time"));
    }

    private void attempt() {
        if (link.isDone()) {
            return;
        }
        if (!isAlive.getAsBoolean()) {
            ending.get()
                    .whenComplete((found, fault) -> link.completeExceptionally(new StackException(
                            found == null ? StackFailure.EXITED : found,
                            socket + ": the stack ended before it listened")));
            return;
        }
        boolean epoll = Epoll.isAvailable() && loop instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
        ChannelFactory<Channel> factory = epoll ? EpollDomainSocketChannel::new : NioDomainSocketChannel::new;
        SocketAddress address = epoll ? new DomainSocketAddress(socket.toFile()) : UnixDomainSocketAddress.of(socket);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channelFactory(factory)
                // The link joins once the connection stands: before, there is nothing that it could tell.
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                connected(connecting.channel());
            } else {
                loop.schedule(this::attempt, pause, TimeUnit.NANOSECONDS);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        });
    }

    private void connected(Channel channel) {
        if (link.isDone()) {
            channel.close();
            return;
        }
        SocketLink made = new SocketLink(channel, protocol, limits, listener, ending);
        channel.pipeline().addLast(made);
        link.complete(made);
    }
}
