package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackCodec;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.foreshard.stackvirt.spi.StackWire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A link over a channel that carries bytes in order. How messages are written on it is a matter of its codec, how many may be under way its own; a
 * stack that breaks the protocol, or answers what is not under way, is cut off.
 */
final class SocketLink extends ChannelInboundHandlerAdapter implements StackLink, StackWire {

    private final Channel channel;
    private final LinkLimits limits;
    private final Listener listener;
    private final Supplier<CompletionStage<StackFailure>> ending;
    private final InFlight messages;
    private final InFlight pings;
    private final StackCodec codec;
    private boolean flushPending;
    private boolean refused;
    private boolean over;
    private StackFailure failure = StackFailure.EXITED;

    /** The last argument says why the stack ended, once the channel is closed by the other side. */
    SocketLink(
            Channel channel,
            StackProtocol protocol,
            LinkLimits limits,
            Listener listener,
            Supplier<CompletionStage<StackFailure>> ending) {
        this.channel = channel;
        this.limits = limits;
        this.listener = listener;
        this.ending = ending;
        messages = new InFlight(limits.inFlight());
        pings = new InFlight(limits.inFlight());
        codec = protocol.open(this, limits.largestMessage());
    }

    @Override
    public boolean send(long correlation, ByteBuf message) {
        int length = message.readableBytes();
        if (!isWritable() || length > limits.largestMessage() || !messages.add(correlation, length)) {
            message.release();
            refused = true;
            return false;
        }
        if (codec.canSay(message)) {
            codec.message(correlation, message);
        } else {
            message.release();
            channel.eventLoop().execute(() -> refuse(correlation));
        }
        return true;
    }

    private void refuse(long correlation) {
        if (!over) {
            refusal(correlation);
            tellWritable();
        }
    }

    @Override
    public boolean ping(long correlation) {
        if (over || pings.isFull() || !pings.add(correlation, 0)) {
            return false;
        }
        codec.ping(correlation);
        return true;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** What is sent in one turn of the event loop goes out in one system call. */
    @Override
    public void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
        if (!flushPending) {
            flushPending = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    private void flush() {
        flushPending = false;
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return !over && channel.isWritable() && !messages.isFull() && messages.total() < limits.inFlightBytes();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        codec.read((ByteBuf) message);
        tellWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        tellWritable();
    }

    private void tellWritable() {
        if (refused && isWritable()) {
            refused = false;
            listener.onWritable();
        }
    }

    @Override
    public boolean isMessage(long correlation) {
        return messages.contains(correlation);
    }

    @Override
    public boolean isPing(long correlation) {
        return pings.contains(correlation);
    }

    @Override
    public void reply(long correlation, ByteBuf reply) {
        if (messages.remove(correlation)) {
            listener.onReply(correlation, reply);
        } else {
            reply.release();
            broken();
        }
    }

    @Override
    public void refusal(long correlation) {
        if (messages.remove(correlation)) {
            listener.onError(correlation);
        } else {
            broken();
        }
    }

    @Override
    public void pong(long correlation) {
        if (pings.remove(correlation)) {
            listener.onPong(correlation);
        } else {
            broken();
        }
    }

    @Override
    public void broken() {
        failure = StackFailure.PROTOCOL_BROKEN;
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (over) {
            return;
        }
        over = true;
        codec.close();
        if (failure != StackFailure.EXITED) {
            listener.onClosed(failure);
            return;
        }
        ending.get()
                .whenComplete((found, fault) -> channel.eventLoop()
                        .execute(() -> listener.onClosed(found == null ? StackFailure.EXITED : found)));
    }

    /** The channel has failed, and is closed after this. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
