package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.run.Schedule;
import io.foreshard.jmh.run.StartSignal;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Counts what arrives, and echoes the head of each packet after the time that the way back is to take. */
final class MiceReceiver extends SimpleChannelInboundHandler<DatagramPacket> {

    /** The feedback delay of the anchor's packet model. */
    static final long RETURN_NANOS = 20_000_000;

    private final MiceTally tally;

    private MiceReceiver(int flows) {
        tally = new MiceTally(flows);
    }

    /**
     * Runs the program.
     *
     * @param arguments file of the result, address, port, how many mice
     */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        EventLoop loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
        MiceReceiver receiver = new MiceReceiver(Integer.parseInt(arguments[3]));
        new Bootstrap()
                .group(loop)
                .channel(EpollDatagramChannel.class)
                .handler(receiver)
                .bind(new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])))
                .syncUninterruptibly();
        Schedule schedule = StartSignal.await(file);
        loop.execute(() -> receiver.tally.count(schedule));
        loop.schedule(() -> {}, schedule.restNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)
                .sync();
        String result = loop.submit(() -> result(receiver.tally)).get();
        Files.writeString(file, result);
        System.exit(0);
    }

    private static String result(MiceTally tally) {
        return String.join(
                " ",
                Long.toString(tally.miceArrived()),
                Double.toString(tally.miceNanos(50)),
                Double.toString(tally.miceNanos(99)),
                Double.toString(tally.jitterNanos()),
                Double.toString(tally.elephantMegabits()),
                Long.toString(tally.elephantArrived()),
                Double.toString(tally.elephantNanos(50)),
                Double.toString(tally.elephantNanos(99)));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket message) {
        ByteBuf packet = message.content();
        if (!Packet.isOne(packet)) {
            return;
        }
        long now = System.nanoTime();
        tally.arrived(Packet.flow(packet), Packet.number(packet), Packet.dueNanos(packet), now);
        ByteBuf echo = ctx.alloc().directBuffer(Packet.ECHO_BYTES);
        echo.writeBytes(packet, packet.readerIndex(), Packet.ECHO_BYTES);
        DatagramPacket answer = new DatagramPacket(echo, message.sender());
        ctx.executor().schedule(() -> ctx.writeAndFlush(answer), RETURN_NANOS, TimeUnit.NANOSECONDS);
    }
}
