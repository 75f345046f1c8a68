package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.ImpairedLink;
import io.foreshard.simulator.link.LinkCounter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** One direction of one relayed connection: reads from a source as far as there is room, writes to a destination when it is time. */
final class TcpDirection {

    private final Channel source;
    private final DuplexChannel destination;
    private final ImpairedLink link;
    private final LinkCounter counter;
    private final long maxHeldBytes;
    private final Runnable onEnd;
    private final ReleaseTimer releaseTimer;
    private final ReleaseTimer resumeTimer;
    private final Queue<Piece> pieces = new ArrayDeque<>();
    private long heldBytes;

    /** A piece of the stream, owned by the queue; an empty one is its end. */
    private record Piece(long deliverNanos, ByteBuf content) {}

    TcpDirection(
            Channel source,
            DuplexChannel destination,
            ImpairedLink link,
            LinkCounter counter,
            long maxHeldBytes,
            Runnable onEnd) {
        this.source = source;
        this.destination = destination;
        this.link = link;
        this.counter = counter;
        this.maxHeldBytes = maxHeldBytes;
        this.onEnd = onEnd;
        releaseTimer = new ReleaseTimer(source.eventLoop(), this::release);
        resumeTimer = new ReleaseTimer(source.eventLoop(), this::resumeIfRoom);
    }

    /** Takes what has been read; owns it from now on. */
    void offer(ByteBuf content) {
        int length = content.readableBytes();
        counter.offered(length);
        counter.held(length);
        heldBytes += length;
        enqueue(content);
        long nowNanos = nowNanos();
        if (isFull(nowNanos)) {
            source.config().setAutoRead(false);
            armResume(nowNanos);
        }
    }

    /** The source will send nothing more. */
    void finish() {
        enqueue(Unpooled.EMPTY_BUFFER);
    }

    /** Forgets what is under way. */
    void discard() {
        releaseTimer.cancel();
        resumeTimer.cancel();
        pieces.forEach(piece -> {
            counter.held(-piece.content().readableBytes());
            piece.content().release();
        });
        pieces.clear();
    }

    private void enqueue(ByteBuf content) {
        long deliverNanos = link.offerStream(nowNanos(), content.readableBytes());
        pieces.add(new Piece(deliverNanos, content));
        releaseTimer.arm(deliverNanos);
    }

    private void release(long nowNanos) {
        while (!pieces.isEmpty() && pieces.element().deliverNanos() <= nowNanos) {
            ByteBuf content = pieces.remove().content();
            if (content.isReadable()) {
                write(content);
            } else {
                end();
            }
        }
        destination.flush();
        if (!pieces.isEmpty()) {
            releaseTimer.arm(pieces.element().deliverNanos());
        }
    }

    /** Half-closes behind everything that is still to be written; at once would cut it off. */
    private void end() {
        destination
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(written -> destination.shutdownOutput().addListener(done -> onEnd.run()));
    }

    private void write(ByteBuf content) {
        int length = content.readableBytes();
        counter.delivered(length);
        destination.write(content).addListener(done -> {
            counter.held(-length);
            heldBytes -= length;
            resumeIfRoom(nowNanos());
        });
    }

    private boolean isFull(long nowNanos) {
        return heldBytes >= maxHeldBytes
                || link.queuedBytes(nowNanos) >= link.impairment().queueBytes();
    }

    private void resumeIfRoom(long nowNanos) {
        if (source.config().isAutoRead()) {
            return;
        }
        if (isFull(nowNanos)) {
            armResume(nowNanos);
        } else {
            source.config().setAutoRead(true);
        }
    }

    /** When memory is what is short, the next completed write resumes. */
    private void armResume(long nowNanos) {
        if (link.queuedBytes(nowNanos) > 0) {
            resumeTimer.arm(link.nextRoomNanos(nowNanos));
        }
    }

    private long nowNanos() {
        return source.eventLoop().ticker().nanoTime();
    }
}
