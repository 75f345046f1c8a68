package io.foreshard.flowsharder.accept;

import io.foreshard.flowsharder.edge.TargetListener;
import io.foreshard.flowsharder.edge.TargetRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is said on a connection until it is carried. Stands behind the codecs of its protocol. On the connection's event loop. */
abstract class Conversation extends ChannelInboundHandlerAdapter implements TargetListener {

    /** So long a client that was refused may take to read why. */
    private static final long FAREWELL_NANOS = 1_000_000_000L;

    private enum State {
        ASKING,
        CONNECTING,
        REFUSED
    }

    private final DefaultAcceptor acceptor;
    private final Channel channel;
    private State state = State.ASKING;
    private @Nullable Future<?> timeout;
    private boolean entered;
    private boolean inputEnded;

    Conversation(DefaultAcceptor acceptor, Channel channel) {
        this.acceptor = acceptor;
        this.channel = channel;
    }

    final Channel channel() {
        return channel;
    }

    final AcceptSettings settings() {
        return acceptor.settings();
    }

    /**
     * Takes a message of the protocol.
     *
     * @param message belongs to who is called
     */
    abstract void onMessage(Object message);

    /** Returns what the client is told when its target is connected. */
    abstract ByteBuf success();

    /** Returns what the client is told when it gets no target, {@code null} if its protocol has no word for that. */
    abstract @Nullable ByteBuf failure(AcceptReason reason, @Nullable TargetRefusal refusal);

    /** Takes the protocol's codecs out of the pipeline, which pass on what they hold. */
    abstract void removeCodecs();

    final boolean isAsking() {
        return state == State.ASKING;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        entered = acceptor.tryEnter();
        if (!entered) {
            count(AcceptReason.TOO_MANY_WAITING);
            state = State.REFUSED;
            reset();
            return;
        }
        timeout = context.executor().schedule(this::late, settings().timeoutNanos(), TimeUnit.NANOSECONDS);
        context.read();
    }

    private void late() {
        if (state == State.ASKING) {
            refuse(AcceptReason.SLOW_REQUEST);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (state) {
            case ASKING -> onMessage(message);
            case CONNECTING -> context.fireChannelRead(message);
            case REFUSED -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state == State.ASKING) {
            context.read();
        } else {
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean end = event == ChannelInputShutdownEvent.INSTANCE;
        inputEnded |= end;
        if (end && state == State.ASKING) {
            count(AcceptReason.GONE_EARLY);
            state = State.REFUSED;
            channel.close();
        } else if (end && state == State.REFUSED) {
            channel.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.ASKING) {
            count(AcceptReason.GONE_EARLY);
            state = State.REFUSED;
        }
        leave();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (state == State.ASKING && cause instanceof DecoderException) {
            refuse(AcceptReason.MALFORMED_REQUEST);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private void leave() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
        if (entered) {
            entered = false;
            acceptor.left();
        }
    }

    /** The request is whole: goes for its target. */
    final void connect(String target) {
        leave();
        state = State.CONNECTING;
        settings().ingress().carry(channel, target, this);
        removeCodecs();
    }

    /** Tells the client why not, and ends. */
    final void refuse(AcceptReason reason) {
        refuse(reason, null);
    }

    private void refuse(AcceptReason reason, @Nullable TargetRefusal refusal) {
        leave();
        count(reason);
        state = State.REFUSED;
        ByteBuf words = failure(reason, refusal);
        if (words == null) {
            reset();
        } else {
            sayGoodbye(words);
        }
    }

    /** What the client still sends is read: closing over it would reset the connection, and the client may lose our words. */
    private void sayGoodbye(ByteBuf words) {
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), FAREWELL_NANOS, TimeUnit.NANOSECONDS);
        channel.writeAndFlush(words).addListener(said -> {
            if (inputEnded || !said.isSuccess()) {
                channel.close();
            } else if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    private void reset() {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException goneAlready) {
            // Then there is nothing to tell.
        }
        channel.close();
    }

    private void count(AcceptReason reason) {
        acceptor.count(channel.eventLoop(), reason);
    }

    @Override
    public void onConnected() {
        channel.writeAndFlush(success());
        channel.pipeline().remove(this);
    }

    @Override
    public void onRefused(TargetRefusal refusal) {
        refuse(AcceptReason.NOT_CONNECTED, refusal);
    }
}
