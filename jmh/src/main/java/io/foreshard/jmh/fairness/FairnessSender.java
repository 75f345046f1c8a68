package io.foreshard.jmh.fairness;

import io.foreshard.transport.IoHandlers;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps a session busy with messages of 64 KiB, with everything as shipped, and writes percentiles of its round-trip time. */
final class FairnessSender {

    private static final int MESSAGE_BYTES = 64 << 10;
    private static final int BACKLOG_BYTES = 4 << 20;
    private static final long LOOK_MILLIS = 20;

    private FairnessSender() {}

    /**
     * Runs the program.
     *
     * @param arguments file of the result, address, port, {@link Window}
     */
    public static void main(String[] arguments) throws Exception {
        Window window = Window.parse(arguments, 3);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IoHandlers.best());
        ShardEndpoint endpoint = ShardEndpoint.builder(group)
                .localAddress(new InetSocketAddress(0))
                .bind()
                .syncUninterruptibly()
                .getNow();
        ShardSession session = endpoint.connect(new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])))
                .syncUninterruptibly()
                .getNow();
        Window.sleepUntil(window.beginMillis());
        for (int queued = 0; queued < BACKLOG_BYTES; queued += MESSAGE_BYTES) {
            send(session);
        }
        Window.sleepUntil(window.fromMillis());
        List<Long> rtts = new ArrayList<>();
        while (System.currentTimeMillis() < window.toMillis()) {
            rtts.add(session.stats().smoothedRttNanos());
            Window.sleepUntil(System.currentTimeMillis() + LOOK_MILLIS);
        }
        Collections.sort(rtts);
        Files.writeString(Path.of(arguments[0]), millis(rtts, 0.5) + " " + millis(rtts, 0.95));
        System.exit(0);
    }

    private static void send(ShardSession session) {
        session.send(Unpooled.wrappedBuffer(new byte[MESSAGE_BYTES]), MessageOptions.reliable())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        send(session);
                    }
                });
    }

    private static double millis(List<Long> sorted, double share) {
        return sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
    }
}
