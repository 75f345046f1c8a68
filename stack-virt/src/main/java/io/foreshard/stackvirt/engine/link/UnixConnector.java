package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackLink;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Connects to the unix socket of a stack that may still be on its way to listen. */
public final class UnixConnector {

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    private final Path socket;
    private final LinkOpening opening;
    private long pause = FIRST_PAUSE_NANOS;

    /**
     * Connects to nothing yet.
     *
     * @param socket where the stack listens, or will
     * @param loop of the link; epoll is used if that is what it runs, NIO else
     * @param terms of the link
     */
    public UnixConnector(Path socket, EventLoop loop, LinkTerms terms) {
        this.socket = socket;
        opening = new LinkOpening(socket, loop, terms);
    }

    /**
     * Connects, again and again until the stack listens.
     *
     * @param patience how long
     * @return completes on the event loop
     */
    public CompletionStage<StackLink> connect(Duration patience) {
        return opening.begin(this::attempt, patience, "does not listen in time");
    }

    private void attempt() {
        if (!opening.isWanted()) {
            return;
        }
        ChannelFactory<Channel> factory =
                opening.isEpoll() ? EpollDomainSocketChannel::new : NioDomainSocketChannel::new;
        ChannelFuture connecting = new Bootstrap()
                .group(opening.loop())
                .channelFactory(factory)
                // The link joins once the connection stands: before, there is nothing that it could tell.
                .handler(new ChannelInboundHandlerAdapter())
                .connect(opening.address(socket));
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                opening.connected(connecting.channel());
            } else {
                opening.loop().schedule(this::attempt, pause, TimeUnit.NANOSECONDS);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        });
    }
}
