package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.socket.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Queue;

/** A connection that came and the one to its next hop, both on one event loop. */
final class Leg {

    private final RelayLoop loop;
    private final Forwarder near;
    private final Forwarder far;
    private boolean broken;

    Leg(RelayLoop loop, Channel near, Channel far) {
        this.loop = loop;
        this.near = new Forwarder(this, near, loop.forth);
        this.far = new Forwarder(this, far, loop.back);
    }

    Forwarder near() {
        return near;
    }

    Forwarder far() {
        return far;
    }

    Forwarder other(Forwarder side) {
        return side == near ? far : near;
    }

    boolean isBroken() {
        return broken;
    }

    /** Begins with what came behind the header; takes the buffers. */
    void start(Queue<ByteBuf> early, boolean ended) {
        for (ByteBuf data = early.poll(); data != null; data = early.poll()) {
            near.forward(data);
        }
        far.channel().flush();
        if (ended) {
            near.endInput();
        }
        near.readMore();
        far.readMore();
    }

    /** Resets both sides: what one of them lost cannot be made good. */
    void breakOff() {
        if (!broken) {
            broken = true;
            loop.reasons.count(RelayReason.BROKEN_LEG);
            Sockets.reset(near.channel());
            Sockets.reset(far.channel());
        }
    }
}
