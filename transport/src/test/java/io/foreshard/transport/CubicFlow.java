package io.foreshard.transport;

import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A bulk transfer that fills the bottleneck's queue as TCP does: window by {@link CubicSender}, every packet acknowledged, a loss seen
 * when three later packets have arrived. Its datagrams share the links of two nodes with everything else between them.
 */
final class CubicFlow {

    /** A segment of 1448 bytes with 24 of headers that are not UDP's or IP's: what the simulated link counts. */
    private static final int PACKET_BYTES = 1472;

    private static final int CONTENT_BYTES = 1448;
    private static final int ACK_BYTES = 40;
    private static final int RING = 1 << 16;
    private static final int DUPLICATES = 3;
    private static final long TIMEOUT_NANOS = 1_000_000_000L;
    private static final long TICK_MILLIS = 100;

    /** A flow sends hundreds of thousands of packets; the leaks that tests look for are the product's. */
    private static final ByteBufAllocator UNTRACKED = new UnpooledByteBufAllocator(false, true);

    private final Simulation simulation;
    private final Channel sender;
    private final InetSocketAddress destination;
    private final CubicSender window = new CubicSender();
    private final long[] sentNanos = new long[RING];
    private final boolean[] underWay = new boolean[RING];
    private long next;
    private long oldest;
    private long highest = -1;
    private long recoverUntil;
    private int inFlight;
    private long lastHeardNanos;
    private boolean running;
    private long arrivedPackets;

    CubicFlow(Simulation simulation, SimulatedNode from, SimulatedNode to, int port) {
        this.simulation = simulation;
        this.destination = to.address(port);
        bind(to, port, new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                arrivedPackets++;
                ByteBuf ack = UNTRACKED
                        .heapBuffer(ACK_BYTES)
                        .writeLong(packet.content().readLong());
                ctx.writeAndFlush(new DatagramPacket(ack.writeZero(ACK_BYTES - Long.BYTES), packet.sender()));
            }
        });
        this.sender = bind(from, port, new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                onAck(packet.content().readLong());
            }
        });
    }

    private Channel bind(SimulatedNode node, int port, SimpleChannelInboundHandler<DatagramPacket> handler) {
        ChannelFuture bound = new Bootstrap()
                .group(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .option(ChannelOption.ALLOCATOR, UNTRACKED)
                .handler(handler)
                .bind(node.address(port));
        simulation.await(bound, Duration.ofSeconds(1));
        return bound.channel();
    }

    CubicFlow start() {
        running = true;
        lastHeardNanos = simulation.nowNanos();
        sender.eventLoop().execute(this::tick);
        return this;
    }

    void stop() {
        running = false;
    }

    long arrivedBytes() {
        return arrivedPackets * CONTENT_BYTES;
    }

    private void tick() {
        if (!running) {
            return;
        }
        if (inFlight > 0 && simulation.nowNanos() - lastHeardNanos > TIMEOUT_NANOS) {
            forgetBelow(next);
            window.onTimeout();
        }
        send();
        sender.eventLoop().schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send() {
        while (running && inFlight < (int) window.packets()) {
            int slot = (int) (next & (RING - 1));
            sentNanos[slot] = simulation.nowNanos();
            underWay[slot] = true;
            inFlight++;
            ByteBuf packet = UNTRACKED.heapBuffer(PACKET_BYTES).writeLong(next++);
            sender.write(new DatagramPacket(packet.writeZero(PACKET_BYTES - Long.BYTES), destination));
        }
        sender.flush();
    }

    private void onAck(long number) {
        long now = simulation.nowNanos();
        lastHeardNanos = now;
        if (number < oldest || !settle(number)) {
            return;
        }
        highest = Math.max(highest, number);
        window.onAck(now, now - sentNanos[(int) (number & (RING - 1))], number, next, number >= recoverUntil);
        detectLosses(now);
        send();
    }

    private void detectLosses(long now) {
        for (; oldest <= highest - DUPLICATES; oldest++) {
            if (settle(oldest) && oldest >= recoverUntil) {
                recoverUntil = next;
                window.onLoss(now);
            }
        }
    }

    private void forgetBelow(long number) {
        for (; oldest < number; oldest++) {
            settle(oldest);
        }
        recoverUntil = number;
    }

    private boolean settle(long number) {
        int slot = (int) (number & (RING - 1));
        boolean was = underWay[slot];
        underWay[slot] = false;
        inFlight -= was ? 1 : 0;
        return was;
    }
}
