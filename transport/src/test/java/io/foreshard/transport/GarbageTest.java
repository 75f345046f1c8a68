package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.Future;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Garbage of both sides on one loop over real sockets, beyond what a bare handler makes for as many datagrams. */
@Isolated("records or counts what all threads do")
class GarbageTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int PACKET = 1200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private long loopThread;

    @BeforeEach
    void startWithoutLeakRecords() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        loopThread = group.submit(() -> Thread.currentThread().getId()).get();
    }

    @AfterEach
    void stop() throws Exception {
        ResourceLeakDetector.setLevel(level);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
    }

    private static <T> T get(Future<T> future) throws Exception {
        assertTrue(future.await(20, TimeUnit.SECONDS), "not done in time");
        return future.get();
    }

    /** Bounces one datagram to and fro; returns garbage per datagram. */
    private double barePerPacket(int packets) throws Exception {
        CountDownLatch over = new CountDownLatch(packets);
        Channel[] ends = new Channel[2];
        for (int i = 0; i < 2; i++) {
            ends[i] = new Bootstrap()
                    .group(group)
                    .channel(NioDatagramChannel.class)
                    .handler(new Echo(over))
                    .bind(ANY)
                    .sync()
                    .channel();
        }
        long before = threads.getThreadAllocatedBytes(loopThread);
        ends[0].writeAndFlush(new DatagramPacket(
                PooledByteBufAllocator.DEFAULT.ioBuffer(PACKET).writeZero(PACKET),
                (InetSocketAddress) ends[1].localAddress()));
        assertTrue(over.await(20, TimeUnit.SECONDS));
        double each = (double) (threads.getThreadAllocatedBytes(loopThread) - before) / packets;
        for (Channel end : ends) {
            end.close().sync();
        }
        return each;
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        private final CountDownLatch over;

        Echo(CountDownLatch over) {
            this.over = over;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            DatagramPacket datagram = (DatagramPacket) message;
            datagram.release();
            over.countDown();
            if (over.getCount() > 0) {
                ByteBuf answer = ctx.alloc().ioBuffer(PACKET).writeZero(PACKET);
                ctx.writeAndFlush(new DatagramPacket(answer, datagram.sender()), ctx.voidPromise());
            }
        }
    }

    /** Sends the next message when one is done; on the loop. */
    private static final class Sender implements Runnable {

        private final ShardSession session;
        private final int bytes;
        private final CountDownLatch left;
        private int started;

        Sender(ShardSession session, int bytes, int messages) {
            this.session = session;
            this.bytes = bytes;
            this.left = new CountDownLatch(messages);
            this.started = messages;
        }

        @Override
        public void run() {
            if (started-- > 0) {
                ByteBuf content = PooledByteBufAllocator.DEFAULT.buffer(bytes).writeZero(bytes);
                session.send(content, MessageOptions.reliable()).addListener(done -> {
                    left.countDown();
                    run();
                });
            }
        }
    }

    private record Garbage(double bytes, double packets) {}

    private Garbage perMessage(ShardSession there, ShardSession back, int bytes, int messages) throws Exception {
        long packetsBefore = packets(there) + packets(back);
        Sender sender = new Sender(there, bytes, messages);
        long before = threads.getThreadAllocatedBytes(loopThread);
        group.execute(() -> {
            for (int i = 0; i < 32; i++) {
                sender.run();
            }
        });
        assertTrue(sender.left.await(60, TimeUnit.SECONDS));
        double garbage = (double) (threads.getThreadAllocatedBytes(loopThread) - before) / messages;
        double packets = (double) (packets(there) + packets(back) - packetsBefore) / messages;
        return new Garbage(garbage, packets);
    }

    private long packets(ShardSession session) throws Exception {
        return group.submit(() -> SimulatedPair.engine(session).path.sent.nextNumber())
                .get();
    }

    @Test
    void aMessageCostsLittleGarbageBeyondABareHandlers() throws Exception {
        SimulatedPair.Recorder atServer = new SimulatedPair.Recorder() {
            @Override
            public void onMessage(ShardSession session, io.foreshard.reassembler.MessageInfo info, ByteBuf message) {
                message.release();
            }
        };
        ShardEndpoint server = get(ShardEndpoint.builder(group)
                .localAddress(ANY)
                .listener(atServer)
                .bind());
        ShardEndpoint client =
                get(ShardEndpoint.builder(group).localAddress(ANY).bind());
        ShardSession there = get(client.connect(server.localAddress()));
        ShardSession back = atServer.opened.get(0);
        double bare = Double.MAX_VALUE;
        double small = Double.MAX_VALUE;
        double large = Double.MAX_VALUE;
        double largePackets = 1;
        for (int round = 0; round < 4; round++) {
            bare = Math.min(bare, barePerPacket(20_000));
            Garbage one = perMessage(there, back, 500, 20_000);
            small = Math.min(small, one.bytes() - one.packets() * bare);
            Garbage many = perMessage(there, back, 200_000, 200);
            large = Math.min(large, many.bytes() - many.packets() * bare);
            largePackets = many.packets();
            System.out.printf("one shard: %s, 175 shards: %s, bare %.0f%n", one, many, bare);
        }
        System.out.printf(
                "garbage beyond %.0f B per bare datagram: %.0f B per message of one shard, %.0f B per one of %.0f packets%n",
                bare, small, large, largePackets);
        double perPacket = (large - small) / largePackets;
        get(client.close());
        get(server.close());
        assertTrue(small <= 1024, "per message: " + small);
        assertTrue(perPacket <= 96, "per packet: " + perPacket);
    }
}
