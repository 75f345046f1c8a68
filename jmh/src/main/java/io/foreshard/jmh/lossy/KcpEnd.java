package io.foreshard.jmh.lossy;

import io.jpower.kcp.netty.Kcp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One side of a KCP conversation in the fastest documented mode, without congestion window. Used on its channel's loop only. */
final class KcpEnd {

    static final int MTU_BYTES = 1400;
    private static final int INTERVAL_MILLIS = 10;
    private static final int FAST_RESEND = 2;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final Consumer<ByteBuf> receiver;
    private final Kcp kcp;

    KcpEnd(Channel channel, InetSocketAddress remote, int conversation, int windowPackets, Consumer<ByteBuf> receiver) {
        this.channel = channel;
        this.remote = remote;
        this.receiver = receiver;
        kcp = new Kcp(conversation, (datagram, engine) -> write(datagram));
        kcp.setMtu(MTU_BYTES);
        kcp.nodelay(true, INTERVAL_MILLIS, FAST_RESEND, true);
        kcp.wndsize(windowPackets, windowPackets);
        kcp.setDeadLink(Integer.MAX_VALUE);
        tick();
    }

    /** Takes over the message. */
    void send(ByteBuf message) {
        kcp.send(message);
        message.release();
        update();
    }

    /** Reads a datagram, which stays the caller's. */
    void receive(ByteBuf datagram) {
        kcp.input(datagram);
        while (kcp.canRecv()) {
            List<ByteBuf> pieces = new ArrayList<>();
            kcp.recv(pieces);
            ByteBuf message = Unpooled.wrappedBuffer(pieces.size(), pieces.toArray(ByteBuf[]::new));
            receiver.accept(message);
            message.release();
        }
        update();
    }

    private void update() {
        kcp.update(nowMillis());
        channel.flush();
    }

    private void tick() {
        update();
        int now = nowMillis();
        channel.eventLoop().schedule(this::tick, Math.max(1, kcp.check(now) - now), TimeUnit.MILLISECONDS);
    }

    private void write(ByteBuf datagram) {
        channel.write(new DatagramPacket(datagram, remote));
    }

    private static int nowMillis() {
        return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
