package io.foreshard.jmh.fairness;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.transport.IoHandlers;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Takes messages and writes how many bytes of them came in the window. */
final class FairnessReceiver implements SessionListener {

    private final AtomicLong receivedBytes = new AtomicLong();

    private FairnessReceiver() {}

    /**
     * Runs the program.
     *
     * @param arguments file of the result, address, port, {@link Window}
     */
    public static void main(String[] arguments) throws Exception {
        Window window = Window.parse(arguments, 3);
        FairnessReceiver receiver = new FairnessReceiver();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IoHandlers.best());
        ShardEndpoint.builder(group)
                .localAddress(new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])))
                .listener(receiver)
                .bind()
                .syncUninterruptibly();
        Window.sleepUntil(window.fromMillis());
        long before = receiver.receivedBytes.get();
        Window.sleepUntil(window.toMillis());
        Files.writeString(Path.of(arguments[0]), Long.toString(receiver.receivedBytes.get() - before));
        System.exit(0);
    }

    @Override
    public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
        receivedBytes.addAndGet(message.readableBytes());
        message.release();
    }
}
