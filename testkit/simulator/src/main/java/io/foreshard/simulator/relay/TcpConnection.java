package io.foreshard.simulator.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/** A relayed connection: a channel to the client, one to the target, and what is under way between them. */
final class TcpConnection {

    private static final int DIRECTIONS = 2;

    private final DuplexChannel front;
    private final DuplexChannel back;
    private final TcpDirection toTarget;
    private final TcpDirection toClient;
    private int ended;

    TcpConnection(DuplexChannel front, DuplexChannel back, TcpRelay relay) {
        this.front = front;
        this.back = back;
        toTarget = relay.directionToTarget(front, back, this::directionEnded);
        toClient = relay.directionToClient(back, front, this::directionEnded);
    }

    /** Starts to read on both sides. */
    void start() {
        front.pipeline().addLast(new Side(toTarget));
        back.pipeline().addLast(new Side(toClient));
        front.config().setAutoRead(true);
        back.config().setAutoRead(true);
    }

    /** Resets both sides and forgets what is under way. */
    void abort() {
        toTarget.discard();
        toClient.discard();
        reset(front);
        reset(back);
    }

    static void reset(Channel channel) {
        // A socket that its other end has closed takes no option any more, and needs none.
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    private void directionEnded() {
        ended++;
        if (ended == DIRECTIONS) {
            front.close();
            back.close();
        }
    }

    private final class Side extends ChannelInboundHandlerAdapter {

        private final TcpDirection direction;

        Side(TcpDirection direction) {
            this.direction = direction;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            direction.offer((ByteBuf) message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                direction.finish();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (ended < DIRECTIONS) {
                abort();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            abort();
        }
    }
}
