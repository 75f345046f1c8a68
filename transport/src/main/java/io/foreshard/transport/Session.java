package io.foreshard.transport;

import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.reassembler.MessageProgress;
import io.foreshard.shardcodec.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The outside of one session: what any thread may ask for, brought to the {@link SessionEngine} on its loop. */
final class Session implements ShardSession {

    private final SessionLoop loop;
    private final SessionEngine engine;
    private final SendBuffer buffer;
    private final @Nullable InetSocketAddress destination;

    Session(SessionLoop loop, SessionEngine engine, SendBuffer buffer, @Nullable InetSocketAddress destination) {
        this.loop = loop;
        this.engine = engine;
        this.buffer = buffer;
        this.destination = destination;
    }

    SessionEngine engine() {
        return engine;
    }

    @Override
    public Future<Void> send(ByteBuf message, MessageOptions options) {
        Promise<Void> promise = loop.executor().newPromise();
        int length = message.readableBytes();
        if (length == 0) {
            message.release();
            return promise.setFailure(new IllegalArgumentException("message: 0 B (expected: >= 1 B)"));
        }
        if (!buffer.tryReserve(length)) {
            message.release();
            return promise.setFailure(new MessageFailedException(
                    MessageFailedException.Cause.QUEUE_FULL, "pending: " + buffer.pendingBytes() + " B"));
        }
        try {
            loop.run(() -> enqueue(message, options, promise));
        } catch (RejectedExecutionException shutDown) {
            refuse(message, promise);
        }
        return promise;
    }

    private void enqueue(ByteBuf message, MessageOptions options, Promise<Void> promise) {
        if (engine.isClosed()) {
            refuse(message, promise);
        } else {
            engine.enqueue(message, options, promise);
        }
    }

    private void refuse(ByteBuf message, Promise<Void> promise) {
        buffer.remove(message.readableBytes());
        message.release();
        promise.tryFailure(
                new MessageFailedException(MessageFailedException.Cause.SESSION_CLOSED, "the session is closed"));
    }

    @Override
    public boolean isWritable() {
        return !engine.isClosed() && buffer.isWritable();
    }

    @Override
    public boolean isOpen() {
        return engine.isOpen();
    }

    @Override
    public SocketAddress remoteAddress() {
        return engine.paths.primary().path.remote();
    }

    @Override
    public @Nullable InetSocketAddress destination() {
        return destination;
    }

    @Override
    public PathOutlook outlook() {
        return engine.paths.primary().path.outlook();
    }

    @Override
    public GateReport gate() {
        return engine.paths.primary().path.forward.gate().report();
    }

    @Override
    public Future<List<MessageProgress>> arriving() {
        Promise<List<MessageProgress>> promise = loop.executor().newPromise();
        try {
            loop.run(() -> promise.setSuccess(engine.receiver.arriving(loop.nowNanos())));
        } catch (RejectedExecutionException shutDown) {
            promise.setFailure(shutDown);
        }
        return promise;
    }

    @Override
    public SessionStats stats() {
        return engine.stats();
    }

    @Override
    public Future<Void> close() {
        try {
            loop.run(() -> engine.close("closed here", CloseReason.NORMAL));
        } catch (RejectedExecutionException shutDown) {
            return loop.executor().newFailedFuture(shutDown);
        }
        return engine.closed();
    }
}
