package io.foreshard.flowsharder.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/**
 * The output of an epoll channel whose input has ended. Netty 4.2.18 then takes the socket out of its epoll set whenever nothing is to be
 * awaited, but believes it to be there still; so when the output blocks for the second time, it fails, and what waits is lost. Here each
 * round of writes begins with a registration of its own. Belongs to one event loop.
 */
final class RenewedOutput {

    private final Channel channel;
    private final LongConsumer taken;
    private final ArrayDeque<ByteBuf> pending = new ArrayDeque<>();
    private int writing;
    private boolean busy;
    private boolean used;
    private Runnable afterAll = () -> {};

    RenewedOutput(Channel channel, LongConsumer taken) {
        this.channel = channel;
        this.taken = taken;
    }

    /** From now on writes need this. */
    void use() {
        used = true;
    }

    /** Writes, without flushing. */
    void write(ByteBuf piece) {
        if (used) {
            pending.add(piece);
        } else {
            channel.write(piece, channel.voidPromise());
        }
    }

    /** Sends what was written: so many bytes. */
    void flush(long bytes) {
        if (used) {
            next();
        } else {
            send(bytes);
        }
    }

    /** Does something behind all that was written. */
    void then(Runnable action) {
        afterAll = action;
        next();
    }

    private void send(long bytes) {
        writing++;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            writing--;
            taken.accept(bytes);
            next();
        });
    }

    private void next() {
        if (busy || writing > 0) {
            return;
        }
        if (pending.isEmpty()) {
            Runnable last = afterAll;
            afterAll = () -> {};
            last.run();
        } else {
            renew();
        }
    }

    private void renew() {
        busy = true;
        EventLoop loop = channel.eventLoop();
        channel.deregister()
                .addListener(gone -> loop.register(channel).addListener(there -> {
                    busy = false;
                    long bytes = 0;
                    for (ByteBuf piece = pending.poll(); piece != null; piece = pending.poll()) {
                        bytes += piece.readableBytes();
                        channel.write(piece, channel.voidPromise());
                    }
                    send(bytes);
                }));
    }

    /** The channel is gone: gives back what waits. */
    void close() {
        pending.forEach(ByteBuf::release);
        pending.clear();
    }
}
