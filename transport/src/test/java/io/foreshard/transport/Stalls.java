package io.foreshard.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A busy machine: now and then a channel neither reads nor writes for a while, and then does all at once. */
final class Stalls extends ChannelDuplexHandler {

    private static final double MEAN_GAP_NANOS = 50e6;

    private final Random random;
    private final double longestNanos;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean stalled;

    private Stalls(long seed, int longestMillis) {
        random = new Random(seed);
        longestNanos = longestMillis * 1e6;
    }

    /** Lets a channel stall some twenty times a second until it closes, most often much shorter than the longest. */
    static void of(Channel channel, long seed, int longestMillis) {
        channel.eventLoop().execute(() -> channel.pipeline().addFirst(new Stalls(seed, longestMillis)));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        stallLater(context);
    }

    private void stallLater(ChannelHandlerContext context) {
        after(context, -Math.log(1 - random.nextDouble()) * MEAN_GAP_NANOS, () -> {
            stalled = true;
            after(context, random.nextDouble() * random.nextDouble() * longestNanos, () -> goOn(context));
        });
    }

    private static void after(ChannelHandlerContext context, double nanos, Runnable action) {
        var unused = context.executor().schedule(action, (long) nanos, TimeUnit.NANOSECONDS);
    }

    private void goOn(ChannelHandlerContext context) {
        stalled = false;
        for (Runnable action = held.poll(); action != null; action = held.poll()) {
            action.run();
        }
        context.fireChannelReadComplete();
        context.flush();
        if (context.channel().isOpen()) {
            stallLater(context);
        }
    }

    private void now(Runnable action) {
        if (stalled) {
            held.add(action);
        } else {
            action.run();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        now(() -> context.fireChannelRead(message));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        now(() -> context.write(message, promise));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        now(context::fireChannelReadComplete);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        now(context::flush);
    }
}
