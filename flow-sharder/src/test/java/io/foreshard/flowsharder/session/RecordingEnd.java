package io.foreshard.flowsharder.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A local end that sends a stream whose bytes follow from their places, and checks what comes by the same rule. */
final class RecordingEnd implements FlowEnd {

    private static final int PIECE = 16 * 1024;
    private static final int PERIOD = 100_003;
    private static final byte[] PATTERN = pattern();

    private final SessionBench bench;

    @Nullable
    Flow flow;

    long receivedBytes;
    long lastNanos;
    long longestGapNanos;
    boolean ended;
    boolean connected;
    boolean slow;

    @Nullable
    ResetReason reset;

    private long toSend;
    private long sent;
    private boolean sending;
    private boolean finishes;
    private long untaken;

    RecordingEnd(SessionBench bench, @Nullable Flow flow) {
        this.bench = bench;
        this.flow = flow;
    }

    private Flow flow() {
        Flow known = flow;
        if (known == null) {
            throw new IllegalStateException("flow: none (expected: one)");
        }
        return known;
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[PERIOD + PIECE];
        new SplittableRandom(7).nextBytes(bytes);
        System.arraycopy(bytes, 0, bytes, PERIOD, PIECE);
        return bytes;
    }

    private static byte byteAt(long offset) {
        return PATTERN[(int) (offset % PERIOD)];
    }

    void send(long bytes) {
        toSend += bytes;
        onRoom();
    }

    void finish() {
        finishes = true;
        onRoom();
    }

    @Override
    public void onRoom() {
        if (sending || reset != null) {
            return;
        }
        sending = true;
        while (sent < toSend && flow().hasRoom()) {
            int length = (int) Math.min(PIECE, toSend - sent);
            ByteBuf piece = bench.allocator.buffer(length);
            piece.writeBytes(PATTERN, (int) (sent % PERIOD), length);
            sent += length;
            flow().send(piece);
        }
        sending = false;
        flow().flush(bench.now);
        if (finishes && sent == toSend) {
            finishes = false;
            flow().finish(bench.now);
        }
    }

    @Override
    public void onData(ByteBuf piece) {
        int length = piece.readableBytes();
        for (int i = 0; i < length; i += 97) {
            assertEquals(byteAt(receivedBytes + i), piece.getByte(piece.readerIndex() + i), "byte at its place");
        }
        assertEquals(byteAt(receivedBytes + length - 1), piece.getByte(piece.readerIndex() + length - 1));
        piece.release();
        if (receivedBytes > 0) {
            longestGapNanos = Math.max(longestGapNanos, bench.now - lastNanos);
        }
        receivedBytes += length;
        lastNanos = bench.now;
        untaken += length;
    }

    @Override
    public void onDataComplete() {
        if (!slow) {
            take();
        }
    }

    void take() {
        long bytes = untaken;
        untaken = 0;
        flow().taken(bytes, bench.now);
    }

    @Override
    public void onConnected() {
        connected = true;
    }

    @Override
    public void onEnd() {
        ended = true;
    }

    @Override
    public void onReset(ResetReason reason) {
        reset = reason;
    }
}
