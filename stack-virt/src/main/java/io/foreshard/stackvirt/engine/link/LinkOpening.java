package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A link that is being opened: by the first connection, unless the stack ends or time is up before. Confined to its loop. */
final class LinkOpening {

    private final Path socket;
    private final EventLoop loop;
    private final LinkTerms terms;
    private final CompletableFuture<StackLink> link = new CompletableFuture<>();

    LinkOpening(Path socket, EventLoop loop, LinkTerms terms) {
        this.socket = socket;
        this.loop = loop;
        this.terms = terms;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isEpoll() {
        return Epoll.isAvailable() && loop instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }

    SocketAddress address(Path path) {
        return isEpoll() ? new DomainSocketAddress(path.toFile()) : UnixDomainSocketAddress.of(path);
    }

    /** Begins on the loop. May be called by any thread. */
    CompletableFuture<StackLink> begin(Runnable first, Duration patience, String otherwise) {
        loop.execute(first);
        var deadline = loop.schedule(
                () -> fail(StackFailure.UNREACHABLE, otherwise), patience.toNanos(), TimeUnit.NANOSECONDS);
        link.whenComplete((made, fault) -> deadline.cancel(false));
        return link;
    }

    /** Does something once the link is there or will never be. */
    void onEnd(Runnable task) {
        link.whenComplete((made, fault) -> task.run());
    }

    /** Returns whether it makes sense to go on. */
    boolean isWanted() {
        if (link.isDone()) {
            return false;
        }
        if (terms.isAlive().getAsBoolean()) {
            return true;
        }
        terms.ending()
                .get()
                .whenComplete((found, fault) ->
                        fail(found == null ? StackFailure.EXITED : found, "the stack ended before it was connected"));
        return false;
    }

    void fail(StackFailure failure, String why) {
        link.completeExceptionally(new StackException(failure, socket + ": " + why));
    }

    /** Makes the link of a connection that stands; all but the first are closed. */
    void connected(Channel channel) {
        if (link.isDone()) {
            channel.close();
            return;
        }
        SocketLink made = new SocketLink(channel, terms.protocol(), terms.limits(), terms.listener(), terms.ending());
        channel.pipeline().addLast(made);
        link.complete(made);
    }
}
