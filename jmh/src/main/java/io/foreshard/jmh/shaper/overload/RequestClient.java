package io.foreshard.jmh.shaper.overload;

import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.jmh.run.Schedule;
import io.foreshard.jmh.run.StartSignal;
import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.PathObservation;
import io.foreshard.telemetry.PushTelemetry;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests at the times of a Poisson process, each from a client that is drawn, whatever becomes of others: past the shaper or not.
 * The shaper is told what pings say: how long they took, and how busy the server is.
 */
final class RequestClient {

    /** After that an answer is of no use, as in the gateway example. */
    static final Duration DEADLINE = Duration.ofSeconds(1);

    /** What is offered, over the most that the server can answer. */
    static final double OVERLOAD = 1.3;

    private static final int CLIENTS = 64;
    private static final Duration PING_INTERVAL = Duration.ofMillis(100);
    private static final long LOOK_NANOS = 1_000_000_000;

    private final InetSocketAddress server;
    private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
    private final PushTelemetry telemetry =
            PushTelemetry.builder().interval(PING_INTERVAL).build();
    private final @Nullable FlowShaper shaper;
    private final @Nullable Bottleneck bottleneck;
    private final List<Channel> clients = new ArrayList<>();
    private final SplittableRandom random;
    private final boolean tellsOutcomes;
    private RequestTally tally = new RequestTally(new Schedule(0, 0, 0, 0, 0), 0);
    private double load = Double.NaN;
    private double dueNanos;

    private RequestClient(InetSocketAddress server, Handling handling, long seed) {
        this.server = server;
        boolean shaped = handling != Handling.UNSHAPED;
        tellsOutcomes = handling == Handling.SHAPED_BY_OUTCOMES;
        random = new SplittableRandom(seed);
        shaper = shaped ? FlowShaper.builder(loop).telemetry(telemetry).build() : null;
        bottleneck = shaper == null ? null : shaper.bottleneck("server", server);
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(open(true));
        }
    }

    /**
     * Runs the program; prints what the shaper sees each second.
     *
     * @param arguments file of the result, port of the server, handling, seed
     */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        RequestClient client = new RequestClient(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
                Handling.valueOf(arguments[2]),
                Long.parseLong(arguments[3]));
        Files.writeString(file, client.run(StartSignal.await(file)));
        System.exit(0);
    }

    private String run(Schedule schedule) throws Exception {
        tally = new RequestTally(schedule, DEADLINE.toNanos());
        Channel pings = open(false);
        loop.scheduleAtFixedRate(() -> ping(pings), 0, PING_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        loop.scheduleAtFixedRate(() -> look(schedule), LOOK_NANOS, LOOK_NANOS, TimeUnit.NANOSECONDS);
        loop.execute(() -> {
            dueNanos = schedule.beginNanos() + gap();
            sendDue(schedule);
        });
        loop.schedule(() -> {}, schedule.restNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)
                .sync();
        return loop.submit(() -> OverloadResult.text(tally, dropped())).get();
    }

    private Channel open(boolean shaped) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (shaped && shaper != null) {
                            channel.pipeline().addLast(shaper.datagramHandler(recipient -> bottleneck));
                        }
                        channel.pipeline().addLast(new Answers());
                    }
                })
                .connect(server)
                .syncUninterruptibly()
                .channel();
    }

    private double gap() {
        return -Math.log(1 - random.nextDouble()) * 1e9 / (OVERLOAD * Contention.SERVER.mostPerSecond());
    }

    private void sendDue(Schedule schedule) {
        for (long now = System.nanoTime(); dueNanos <= now; dueNanos += gap()) {
            Channel client = clients.get(random.nextInt(CLIENTS));
            send(client, Message.REQUEST, tally.due((long) dueNanos));
        }
        if (dueNanos < schedule.lastNanos()) {
            loop.schedule(() -> sendDue(schedule), (long) dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private void ping(Channel channel) {
        send(channel, Message.PING, System.nanoTime());
    }

    private static void send(Channel channel, byte kind, long number) {
        ByteBuf message = channel.alloc().directBuffer(Message.REQUEST_BYTES, Message.REQUEST_BYTES);
        message.writeByte(kind).writeLong(number).writeZero(Message.REQUEST_BYTES - 1 - Long.BYTES);
        channel.writeAndFlush(message);
    }

    private void ponged(long sentNanos, double busy) {
        long now = System.nanoTime();
        load = busy;
        telemetry.pushPath(server, new PathObservation(now - sentNanos, Double.NaN, Double.NaN, now, 1), now);
        telemetry.pushLoad(server, new LoadObservation(busy, Double.NaN, Double.NaN, now, 1), now);
    }

    /** A gateway sees answers pass, and that they are refusals; whether they come in time for somebody is not the server's doing. */
    private void tell(long tookNanos, boolean succeeded) {
        if (bottleneck != null && tellsOutcomes) {
            bottleneck.completed(tookNanos, succeeded);
        }
    }

    private long dropped() {
        return shaper == null
                ? 0
                : Stream.of(ShaperReason.DELAY_BUDGET, ShaperReason.FLOW_QUEUE_FULL, ShaperReason.QUEUE_FULL)
                        .mapToLong(shaper::count)
                        .sum();
    }

    private void look(Schedule schedule) {
        System.out.println((System.nanoTime() - schedule.beginNanos()) / 1_000_000 + " ms: load " + load
                + (bottleneck == null ? "" : " " + bottleneck.report()));
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket message) {
            ByteBuf answer = message.content();
            if (answer.readableBytes() < Message.ANSWER_BYTES) {
                return;
            }
            byte kind = answer.readByte();
            long number = answer.readLong();
            long fact = answer.readLong();
            switch (kind) {
                case Message.PING -> ponged(number, Double.longBitsToDouble(fact));
                case Message.REFUSED -> tell(tally.refused(number, System.nanoTime()), false);
                default -> tell(tally.answered(number, System.nanoTime()), true);
            }
        }
    }
}
