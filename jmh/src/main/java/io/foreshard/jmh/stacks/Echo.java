package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A link on which one message at a time goes out and comes back. */
final class Echo implements StackLink.Listener {

    private static final int BYTES = 64;
    private static final int SECONDS = 60;

    private final EventLoop loop;
    private @Nullable StackLink link;
    private long[] nanos = new long[0];
    private int next;
    private long begin;
    private CompletableFuture<long[]> done = new CompletableFuture<>();

    private Echo(EventLoop loop) {
        this.loop = loop;
    }

    static Echo connect(StackEngine engine, StackId id, EventLoop loop) throws IOException {
        Echo echo = new Echo(loop);
        echo.link = done(engine.connect(id, loop, echo));
        return echo;
    }

    static <T> T done(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException fault) {
            throw new IOException(fault.getCause());
        }
    }

    /** Sends so many messages, each when the one before has come back; returns how long each took, sorted. */
    long[] run(int count) throws IOException {
        begin(count);
        long[] taken = done(done);
        Arrays.sort(taken);
        return taken;
    }

    /** Begins to do so, and returns when all have come back. */
    CompletionStage<long[]> begin(int count) {
        nanos = new long[count];
        next = 0;
        done = new CompletableFuture<>();
        loop.execute(this::send);
        return done;
    }

    void close() {
        StackLink open = link;
        if (open != null) {
            loop.execute(open::close);
        }
    }

    private void send() {
        StackLink open = link;
        begin = System.nanoTime();
        if (open == null || !open.send(next, buffer())) {
            done.completeExceptionally(new IOException("the link takes no message"));
        }
    }

    private static ByteBuf buffer() {
        return ByteBufAllocator.DEFAULT.directBuffer(BYTES).writeZero(BYTES);
    }

    @Override
    public void onReply(long correlation, ByteBuf reply) {
        nanos[next] = System.nanoTime() - begin;
        reply.release();
        next++;
        if (next < nanos.length) {
            send();
        } else {
            done.complete(nanos);
        }
    }

    @Override
    public void onError(long correlation) {
        done.completeExceptionally(new IOException("refused"));
    }

    @Override
    public void onPong(long correlation) {
        // Nobody asks.
    }

    @Override
    public void onWritable() {
        // One message at a time is always taken.
    }

    @Override
    public void onClosed(StackFailure failure) {
        done.completeExceptionally(new IOException(failure.toString()));
    }

    static double micros(long[] sorted, double level) {
        return sorted[(int) Math.ceil(level * sorted.length) - 1] / 1e3;
    }
}
