package io.foreshard.jmh.lossy;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.transport.IoHandlers;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;

/** Ours with everything as shipped, on two event loops. */
final class ForeshardCarrier implements Carrier {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, IoHandlers.best());
    private final ShardEndpoint sender;

    ForeshardCarrier(InetSocketAddress receiver, Inbox inbox) {
        ShardEndpoint.builder(group)
                .localAddress(receiver)
                .listener(new Receiver(inbox))
                .bind()
                .syncUninterruptibly();
        sender = ShardEndpoint.builder(group)
                .localAddress(new InetSocketAddress(receiver.getAddress(), 0))
                .bind()
                .syncUninterruptibly()
                .getNow();
    }

    @Override
    public Lane open(InetSocketAddress relay) {
        ShardSession session = sender.connect(relay).syncUninterruptibly().getNow();
        return message -> {
            session.send(Unpooled.wrappedBuffer(message), MessageOptions.reliable());
            return true;
        };
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }

    private record Receiver(Inbox inbox) implements SessionListener {

        @Override
        public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
            inbox.accept(message);
            message.release();
        }
    }
}
