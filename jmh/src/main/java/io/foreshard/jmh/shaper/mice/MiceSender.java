package io.foreshard.jmh.shaper.mice;

import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.jmh.run.Schedule;
import io.foreshard.jmh.run.StartSignal;
import io.foreshard.telemetry.PathObservation;
import io.foreshard.telemetry.PushTelemetry;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends the elephant and the mice, each from a socket of its own, on one event loop, past the shaper or not. What the shaper knows of the
 * path is how long packets took from the socket until their echo came: no rate is told to it.
 */
final class MiceSender {

    /** A round trip through a full buffer takes longer than the time between echoes. */
    private static final Duration PATH_INTERVAL = Duration.ofMillis(100);

    private static final long LOOK_NANOS = 100_000_000;

    private final InetSocketAddress receiver;
    private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
    private final PushTelemetry paths =
            PushTelemetry.builder().interval(PATH_INTERVAL).seriesSteps(0).build();
    private final @Nullable FlowShaper shaper;
    private final @Nullable Bottleneck uplink;

    private MiceSender(InetSocketAddress receiver, boolean shaped) {
        this.receiver = receiver;
        shaper = shaped ? FlowShaper.builder(loop).telemetry(paths).build() : null;
        uplink = shaper == null ? null : shaper.bottleneck("uplink", receiver);
    }

    /**
     * Runs the program; prints what the shaper sees ten times a second.
     *
     * @param arguments file of the result, address, port, how many mice, whether shaped, seed
     */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress receiver = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        MiceSender sender = new MiceSender(receiver, Boolean.parseBoolean(arguments[4]));
        Path file = Path.of(arguments[0]);
        String sent = sender.run(file, Integer.parseInt(arguments[3]), Long.parseLong(arguments[5]));
        Files.writeString(file, sent);
        System.exit(0);
    }

    private String run(Path file, int flows, long seed) throws Exception {
        Elephant elephant = new Elephant();
        Channel elephants =
                open((channel, echo) -> elephant.arrived(channel, Packet.transmission(echo), System.nanoTime()));
        List<Channel> channels = new ArrayList<>();
        for (int mouse = 0; mouse < flows; mouse++) {
            channels.add(open((channel, echo) -> {}));
        }
        Mice mice = new Mice(channels, seed);
        Schedule schedule = StartSignal.await(file);
        elephant.start(elephants, schedule);
        mice.start(loop, schedule);
        loop.scheduleAtFixedRate(() -> look(elephant, schedule), LOOK_NANOS, LOOK_NANOS, TimeUnit.NANOSECONDS);
        loop.schedule(() -> {}, schedule.restNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)
                .sync();
        return loop.submit(() -> mice.sent() + " " + elephant.offered() + " " + elephant.transmitted() + " " + dropped()
                        + " " + mice.lateNanos(99))
                .get();
    }

    private Channel open(EchoHandler.Listener listener) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new DepartureStamp());
                        handlers().forEach(channel.pipeline()::addLast);
                        channel.pipeline().addLast(new EchoHandler((to, echo) -> heard(to, echo, listener)));
                    }
                })
                .connect(receiver)
                .syncUninterruptibly()
                .channel();
    }

    /** The only line that the shaper takes in a pipeline. */
    private Stream<ChannelHandler> handlers() {
        return shaper == null ? Stream.empty() : Stream.of(shaper.datagramHandler(recipient -> uplink));
    }

    private void heard(Channel channel, ByteBuf echo, EchoHandler.Listener listener) {
        long now = System.nanoTime();
        paths.pushPath(
                receiver, new PathObservation(now - Packet.leftNanos(echo), Double.NaN, Double.NaN, now, 1), now);
        listener.echoed(channel, echo);
    }

    private long dropped() {
        return shaper == null
                ? 0
                : Stream.of(ShaperReason.DELAY_BUDGET, ShaperReason.FLOW_QUEUE_FULL, ShaperReason.QUEUE_FULL)
                        .mapToLong(shaper::count)
                        .sum();
    }

    private void look(Elephant elephant, Schedule schedule) {
        System.out.println((System.nanoTime() - schedule.beginNanos()) / 1_000_000 + " ms: window " + elephant.window()
                + (uplink == null ? "" : " " + uplink.report()));
    }
}
