package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackCodec;
import io.foreshard.stackvirt.spi.StackWire;
import io.foreshard.stackvirt.worker.FrameType;
import io.netty.buffer.ByteBuf;

/** Says messages in frames. A frame that was not asked for breaks the protocol before anything is allocated for it. */
final class FrameCodec implements StackCodec, FrameReader.Sink {

    private final StackWire wire;
    private final FrameReader reader;

    FrameCodec(StackWire wire, int largestMessage) {
        this.wire = wire;
        reader = new FrameReader(wire.allocator(), largestMessage, this);
    }

    @Override
    public boolean canSay(ByteBuf message) {
        return true;
    }

    @Override
    public void message(long correlation, ByteBuf message) {
        wire.write(header(FrameType.MESSAGE, correlation, message.readableBytes()));
        wire.write(message);
    }

    @Override
    public void ping(long correlation) {
        wire.write(header(FrameType.PING, correlation, 0));
    }

    private ByteBuf header(FrameType type, long correlation, int length) {
        return wire.allocator()
                .ioBuffer(FrameType.HEADER_BYTES)
                .writeInt(FrameType.LEAST_LENGTH + length)
                .writeByte(type.code())
                .writeLong(correlation);
    }

    @Override
    public void read(ByteBuf bytes) {
        reader.read(bytes);
    }

    @Override
    public boolean expects(byte type, long correlation, int length) {
        if (FrameType.REPLY.is(type)) {
            return wire.isMessage(correlation);
        }
        boolean refusal = FrameType.ERROR.is(type) && wire.isMessage(correlation);
        boolean pong = FrameType.PONG.is(type) && wire.isPing(correlation);
        return length == 0 && (refusal || pong);
    }

    @Override
    public void onFrame(byte type, long correlation, ByteBuf content) {
        if (FrameType.REPLY.is(type)) {
            wire.reply(correlation, content);
            return;
        }
        content.release();
        if (FrameType.ERROR.is(type)) {
            wire.refusal(correlation);
        } else {
            wire.pong(correlation);
        }
    }

    @Override
    public void onBroken() {
        wire.broken();
    }

    @Override
    public void close() {
        reader.close();
    }
}
