package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Listens until a stack has connected, for stacks that nobody can connect to. Takes one connection and listens no more, so that a second one
 * is refused by the kernel.
 */
public final class UnixAcceptor {

    private static final long LOOK_NANOS = 10_000_000;

    private final Path socket;
    private final Path birthplace;
    private final LinkOpening opening;

    /**
     * Listens nowhere yet.
     *
     * @param socket where the stack connects to; who listens there loses the place
     * @param birthplace in a folder of the same file system that no stack sees, and used by nobody else. The socket gets its rights there and
     *     is moved, so that nobody meets it half made, or puts a link to another file in its way
     * @param loop of the link; epoll is used if that is what it runs, NIO else
     * @param terms of the link
     */
    public UnixAcceptor(Path socket, Path birthplace, EventLoop loop, LinkTerms terms) {
        this.socket = socket;
        this.birthplace = birthplace;
        opening = new LinkOpening(socket, loop, terms);
    }

    /**
     * Listens until the stack connects.
     *
     * @param patience how long
     * @return completes on the event loop
     */
    public CompletionStage<StackLink> accept(Duration patience) {
        return opening.begin(this::listen, patience, "nobody connects in time");
    }

    private void listen() {
        if (!opening.isWanted()) {
            return;
        }
        try {
            // An earlier process of the same state may have ended here.
            Files.deleteIfExists(birthplace);
        } catch (IOException fault) {
            opening.fail(StackFailure.ENGINE_FAILED, "cannot listen: " + fault);
            return;
        }
        ChannelFactory<ServerChannel> factory =
                opening.isEpoll() ? EpollServerDomainSocketChannel::new : NioServerDomainSocketChannel::new;
        new ServerBootstrap()
                .group(opening.loop())
                .channelFactory(factory)
                .option(ChannelOption.SO_BACKLOG, 1)
                .childHandler(new Entrance())
                .bind(opening.address(birthplace))
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        show(bound.channel());
                    } else {
                        opening.fail(StackFailure.ENGINE_FAILED, "cannot listen: " + bound.cause());
                    }
                });
    }

    private void show(Channel server) {
        opening.onEnd(server::close);
        try {
            Files.setPosixFilePermissions(birthplace, PosixFilePermissions.fromString("rw-rw-rw-"));
            Files.move(birthplace, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            look();
        } catch (IOException fault) {
            opening.fail(StackFailure.ENGINE_FAILED, "cannot listen: " + fault);
        }
    }

    private void look() {
        if (opening.isWanted()) {
            opening.loop().schedule(this::look, LOOK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** Joins the link once the connection stands. */
    @Sharable
    private final class Entrance extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            opening.connected(context.channel());
            context.pipeline().remove(this);
        }
    }
}
