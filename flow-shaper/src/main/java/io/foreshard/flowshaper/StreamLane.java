package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.Admission;
import io.foreshard.flowshaper.scheduling.FlowKey;
import io.foreshard.flowshaper.scheduling.Lane;
import io.foreshard.flowshaper.scheduling.Outlet;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose writes wait in the shaper's queue. Nothing of it is dropped: its sender is asked to pause, and when there is no room at
 * all the channel is closed, for a stream with a gap is of no use.
 */
final class StreamLane implements StreamWrites, Outlet {

    /** A bit of the channel's writability that Netty's own handlers leave alone. */
    private static final int WRITABILITY_BIT = 9;

    /** How long a piece may keep the bottleneck busy: whoever comes next waits for one piece of each flow before it. */
    private static final long PIECE_NANOS = 1_000_000;
    /** About what a segment carries; shorter pieces would cost more and mix no better. */
    private static final int LEAST_PIECE_BYTES = 1_400;

    private final ShaperLoop loop;
    private final Lane lane;
    private final FlowKey key;
    private final int chunkBytes;
    private final ChannelHandlerContext context;
    private @Nullable ChannelFuture lastReleased;
    private boolean awaitsBuffer;
    private boolean broken;

    StreamLane(
            ShaperLoop loop,
            BottleneckPart part,
            int classIndex,
            ShaperSettings settings,
            ChannelHandlerContext context) {
        this.loop = loop;
        this.context = context;
        this.chunkBytes = settings.chunkBytes();
        this.key = Addresses.stream(context.channel());
        this.lane = loop.open(part.queue(), classIndex, this);
    }

    @Override
    public void write(Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf buffer && lane.isLimited()) {
            writeInPieces(buffer, promise);
        } else {
            offer(message, promise);
        }
        loop.arm();
    }

    /** Cuts a buffer, so that no piece is a burst of its own; the promise goes with the last. */
    private void writeInPieces(ByteBuf buffer, ChannelPromise promise) {
        int piece = pieceBytes();
        while (buffer.readableBytes() > piece) {
            offer(buffer.readRetainedSlice(piece), context.newPromise());
        }
        offer(buffer, promise);
    }

    private int pieceBytes() {
        double bytes = Math.max(LEAST_PIECE_BYTES, lane.bytesWithin(PIECE_NANOS));
        return (int) Math.min(chunkBytes, bytes);
    }

    private void offer(Object message, ChannelPromise promise) {
        if (broken) {
            drop(message, promise, ShaperReason.QUEUE_FULL);
            return;
        }
        ByteBuf content = content(message);
        int bytes = content == null ? 0 : content.readableBytes();
        Admission admission = Admission.PASS;
        try {
            admission =
                    lane.offer(key, message, promise, bytes, content == null ? 0 : content.capacity(), loop.nowNanos());
        } catch (RuntimeException | Error fault) {
            loop.fail(fault);
        }
        switch (admission) {
            case PASS -> release(message, promise);
            case QUEUED -> {}
            case REFUSED -> refuse(message, promise);
        }
    }

    /** Ends the stream: nothing may follow what was refused, whoever else takes part in closing the channel. */
    private void refuse(Object message, ChannelPromise promise) {
        broken = true;
        loop.close(lane, false);
        drop(message, promise, ShaperReason.QUEUE_FULL);
        context.close();
    }

    static @Nullable ByteBuf content(Object message) {
        if (message instanceof ByteBuf buffer) {
            return buffer;
        }
        return message instanceof ByteBufHolder holder ? holder.content() : null;
    }

    @Override
    public void end(boolean send) {
        loop.close(lane, send);
        if (context.channel().isOpen()) {
            pause(false);
        }
    }

    @Override
    public void release(Object message, @Nullable Object attachment) {
        if (attachment instanceof ChannelPromise promise) {
            lastReleased = context.write(message, promise.unvoid());
        }
    }

    @Override
    public void drop(Object message, @Nullable Object attachment, ShaperReason reason) {
        ReferenceCountUtil.release(message);
        if (attachment instanceof ChannelPromise promise) {
            promise.tryFailure(new ShapedOutException(reason));
        }
    }

    @Override
    public void batchReleased() {
        context.flush();
    }

    /** The channel's own buffer is bounded by its high water mark: what waits here is kept apart from other flows, there it is not. */
    @Override
    public boolean isReady() {
        Channel channel = context.channel();
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null || buffer.totalPendingWriteBytes() < channel.config().getWriteBufferHighWaterMark()) {
            return true;
        }
        if (!awaitsBuffer && lastReleased != null) {
            awaitsBuffer = true;
            lastReleased.addListener(written -> bufferDrained());
            context.flush();
        }
        return !awaitsBuffer;
    }

    private void bufferDrained() {
        awaitsBuffer = false;
        lane.resume(loop.nowNanos());
        loop.arm();
    }

    @Override
    public void pause(boolean paused) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        if (buffer != null) {
            buffer.setUserDefinedWritability(WRITABILITY_BIT, !paused);
        }
    }

    @Override
    public boolean mayDrop() {
        return false;
    }
}
