package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.worker.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A link over a channel that carries bytes in order. A stack that sends what it was not asked for, or frames that are none, is cut off before
 * anything is allocated for it.
 */
final class FramedLink extends ChannelInboundHandlerAdapter implements StackLink, FrameReader.Sink {

    private final Channel channel;
    private final LinkLimits limits;
    private final Listener listener;
    private final Supplier<CompletionStage<StackFailure>> ending;
    private final InFlight messages;
    private final InFlight pings;
    private final FrameReader reader;
    private boolean flushPending;
    private boolean refused;
    private boolean over;
    private StackFailure failure = StackFailure.EXITED;

    /** The last argument says why the stack ended, once the channel is closed by the other side. */
    FramedLink(Channel channel, LinkLimits limits, Listener listener, Supplier<CompletionStage<StackFailure>> ending) {
        this.channel = channel;
        this.limits = limits;
        this.listener = listener;
        this.ending = ending;
        messages = new InFlight(limits.inFlight());
        pings = new InFlight(limits.inFlight());
        reader = new FrameReader(channel.alloc(), limits.largestFrame(), this);
    }

    @Override
    public boolean send(long correlation, ByteBuf message) {
        int length = message.readableBytes();
        if (!isWritable() || length > limits.largestFrame() || !messages.add(correlation, length)) {
            message.release();
            refused = true;
            return false;
        }
        channel.write(header(FrameType.MESSAGE, correlation, length), channel.voidPromise());
        channel.write(message, channel.voidPromise());
        flushLater();
        return true;
    }

    @Override
    public boolean ping(long correlation) {
        if (over || pings.isFull() || !pings.add(correlation, 0)) {
            return false;
        }
        channel.write(header(FrameType.PING, correlation, 0), channel.voidPromise());
        flushLater();
        return true;
    }

    private ByteBuf header(FrameType type, long correlation, int length) {
        return channel.alloc()
                .ioBuffer(FrameType.HEADER_BYTES)
                .writeInt(FrameType.LEAST_LENGTH + length)
                .writeByte(type.code())
                .writeLong(correlation);
    }

    /** What is sent in one turn of the event loop goes out in one system call. */
    private void flushLater() {
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
        reader.read((ByteBuf) message);
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
    public boolean expects(byte type, long correlation, int length) {
        if (FrameType.REPLY.is(type)) {
            return messages.contains(correlation);
        }
        boolean refusal = FrameType.ERROR.is(type) && messages.contains(correlation);
        boolean pong = FrameType.PONG.is(type) && pings.contains(correlation);
        return length == 0 && (refusal || pong);
    }

    @Override
    public void onFrame(byte type, long correlation, ByteBuf content) {
        if (FrameType.REPLY.is(type)) {
            messages.remove(correlation);
            listener.onReply(correlation, content);
            return;
        }
        content.release();
        if (FrameType.ERROR.is(type)) {
            messages.remove(correlation);
            listener.onError(correlation);
        } else {
            pings.remove(correlation);
            listener.onPong(correlation);
        }
    }

    @Override
    public void onBroken() {
        failure = StackFailure.PROTOCOL_BROKEN;
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (over) {
            return;
        }
        over = true;
        reader.close();
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
