package io.foreshard.transport;

import io.foreshard.shardcodec.PacketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Stands between an endpoint and its channel: records what comes and goes, drops what a test wants dropped, and lets forge. */
final class Tap extends ChannelDuplexHandler {

    /** One datagram; nobody writes to its bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(InetSocketAddress peer, byte[] bytes) {
        PacketKind kind() {
            return PacketKind.ofCode(bytes[1]);
        }

        int length() {
            return bytes.length;
        }
    }

    final Channel channel;
    final List<Seen> in = new ArrayList<>();
    final List<Seen> out = new ArrayList<>();
    boolean recording;
    Predicate<Seen> dropIn = seen -> false;
    Predicate<Seen> dropOut = seen -> false;

    Tap(Channel channel) {
        this.channel = channel;
        channel.pipeline().addFirst(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof DatagramPacket datagram && drops(datagram, datagram.sender(), in, dropIn)) {
            datagram.release();
            return;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof DatagramPacket datagram && drops(datagram, datagram.recipient(), out, dropOut)) {
            datagram.release();
            promise.trySuccess();
            return;
        }
        ctx.write(message, promise);
    }

    private boolean drops(DatagramPacket datagram, InetSocketAddress peer, List<Seen> seen, Predicate<Seen> drop) {
        Seen packet = new Seen(peer, ByteBufUtil.getBytes(datagram.content()));
        boolean dropped = drop.test(packet);
        if (recording && !dropped) {
            seen.add(packet);
        }
        return dropped;
    }

    /** Lets a datagram arrive, as if from an address. */
    void arrive(ByteBuf packet, InetSocketAddress from) {
        channel.eventLoop().execute(() -> {
            InetSocketAddress local = (InetSocketAddress) channel.localAddress();
            channel.pipeline().fireChannelRead(new DatagramPacket(packet, local, from));
            channel.pipeline().fireChannelReadComplete();
        });
    }

    List<Seen> in(PacketKind kind) {
        return in.stream().filter(seen -> seen.kind() == kind).toList();
    }

    List<Seen> out(PacketKind kind) {
        return out.stream().filter(seen -> seen.kind() == kind).toList();
    }
}
