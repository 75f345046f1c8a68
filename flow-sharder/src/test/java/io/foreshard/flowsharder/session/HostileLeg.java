package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.FrameReader;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A leg whose far end says whatever it likes, with checksums that are right. */
final class HostileLeg implements LegPort {

    static final int PING = 3;
    static final int LEG_ACK = 5;
    static final int LEAVE = 6;
    static final int ACK = 9;
    static final int RESET = 10;
    static final int DATA = 8;
    private static final int HIGH_WATER_BYTES = 64 * 1024;
    private static final long KEY = 666;

    static final String TARGET = "hostile:80";

    final FrameWriter says;
    final Leg leg;
    final int[] heard = new int[256];
    private final SessionBench bench;
    private final SessionBench.Edge victim;
    private final FrameReader reader;
    private boolean payload;
    boolean acknowledges;

    /** It takes nothing more: what is written waits. */
    boolean full;

    /** What is written beyond so much waits: nobody reads. */
    long takesBytes = Long.MAX_VALUE;

    long waitingBytes;

    /** How often it was asked whether it takes more. */
    int asked;

    int writtenBehindEnd;
    private boolean closed;

    HostileLeg(SessionBench bench, SessionBench.Edge victim, int id) {
        this.bench = bench;
        this.victim = victim;
        says = new FrameWriter(bench.allocator);
        says.key(KEY);
        FrameWriter writer = new FrameWriter(bench.allocator);
        writer.key(KEY);
        leg = victim.session.join(id, this, writer, 0, bench.now);
        reader = new FrameReader(bench.allocator, victim.session.input(leg));
        reader.key(KEY);
    }

    /** Flows to the target of hostile legs end at whoever takes anything. */
    static void expect(SessionBench.Edge edge) {
        edge.onFlow = (end, target) -> {
            if (end.flow != null && target.equals(TARGET)) {
                end.flow.attach(new Keeping() {
                    @Override
                    public void onData(ByteBuf piece) {
                        piece.release();
                    }
                });
            }
        };
    }

    /** Keeps what comes. */
    static class Keeping implements FlowEnd {

        final List<ByteBuf> pieces = new ArrayList<>();

        @Override
        public void onData(ByteBuf piece) {
            pieces.add(piece);
        }

        @Override
        public void onConnected() {}

        @Override
        public void onDataComplete() {}

        @Override
        public void onEnd() {}

        @Override
        public void onReset(ResetReason reason) {}

        @Override
        public void onRoom() {}
    }

    /** Says a frame, or any other bytes. */
    void say(ByteBuf frame) {
        if (leg.isDead()) {
            frame.release();
            return;
        }
        victim.session.onRead(bench.now);
        FlowSharderReason reason = reader.read(frame);
        if (reason != null) {
            victim.counters.count(reason);
            victim.session.onLegFailed(leg, LegEndReason.BAD_FRAME, bench.now);
        }
        victim.session.onReadComplete(leg, reader.bytes(), bench.now);
    }

    void open(int flow) {
        say(says.open(flow, 1 << 20, TARGET));
    }

    void data(int flow, long offset, String content, boolean fin) {
        ByteBuf piece = Unpooled.copiedBuffer(content, StandardCharsets.US_ASCII);
        ByteBuf header = says.dataHeader(flow, offset, piece, fin, false);
        say(bench.allocator.buffer().writeBytes(header).writeBytes(piece));
        header.release();
        piece.release();
    }

    @Override
    public void write(ByteBuf frame) {
        if (payload) {
            payload = false;
        } else {
            int type = frame.getUnsignedByte(0);
            heard[type]++;
            payload = type == DATA && frame.getUnsignedShort(2) > Long.BYTES;
        }
        long taken = full ? 0 : Math.min(takesBytes, frame.readableBytes());
        takesBytes -= taken;
        waitingBytes += frame.readableBytes() - taken;
        writtenBehindEnd += closed ? 1 : 0;
        frame.release();
    }

    @Override
    public void flush() {
        if (acknowledges) {
            long bytes = leg.writtenBytes();
            bench.at(bench.now + SessionBench.MILLI, () -> say(says.legAck(bytes)));
        }
    }

    @Override
    public boolean isWritable() {
        asked++;
        return !full && waitingBytes < HIGH_WATER_BYTES;
    }

    @Override
    public long waitingBytes() {
        return isWritable() ? 0 : waitingBytes;
    }

    @Override
    public void close() {
        closed = true;
        reader.close();
    }

    @Override
    public void finish() {
        closed = true;
        reader.close();
    }
}
