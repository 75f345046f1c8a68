package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever comes over one leg, in frames that are right or in bytes that are not, a flow over the others is whole. */
class HostileFuzzTest {

    private static final long BYTES = 1_000_000;
    private static final long MEMORY = 4 << 20;

    @Test
    void anyFramesLeaveOthersWhole() {
        Property.named("any frames leave others whole").runs(60).maxSize(300).check((random, size) -> {
            try (SessionBench bench = bench()) {
                RecordingEnd near = begin(bench);
                HostileLeg hostile = new HostileLeg(bench, random.nextBoolean() ? bench.egress : bench.ingress, 66);
                for (int i = 0; i < size && !hostile.leg.isDead(); i++) {
                    frame(hostile, random);
                    if (random.nextInt(8) == 0) {
                        bench.run(random.nextInt(20) * MILLI);
                    }
                }
                finish(bench, near);
            }
        });
    }

    /** Numbers of their own: what an edge says of a flow is believed, as it is the flow's other half. */
    private static void frame(HostileLeg leg, SeededRandom random) {
        int flow = 100 + random.nextInt(4);
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> leg.say(leg.says.open(flow, number(random), HostileLeg.TARGET));
            case 3, 4, 5, 6, 7, 8, 9 ->
                leg.data(
                        flow,
                        random.nextInt(10) == 0 ? number(random) : random.nextInt(2_000),
                        "x".repeat(1 + random.nextInt(100)),
                        random.nextInt(20) == 0);
            case 10, 11 ->
                leg.say(leg.says.ack(
                        flow,
                        random.nextInt(20) == 0 ? number(random) : 0,
                        number(random),
                        new AckRanges(),
                        random.nextBoolean()));
            case 12 -> leg.say(leg.says.reset(flow, random.nextInt(65_536)));
            case 13 -> leg.say(leg.says.ping());
            case 14 -> leg.say(random.nextInt(30) == 0 ? leg.says.leave() : leg.says.ping());
            default -> leg.say(leg.says.legAck(random.nextInt(30) == 0 ? number(random) : 0));
        }
    }

    private static long number(SeededRandom random) {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    @Test
    void anyBytesLeaveOthersWhole() {
        Property.named("any bytes leave others whole").runs(60).maxSize(2_000).check((random, size) -> {
            try (SessionBench bench = bench()) {
                RecordingEnd near = begin(bench);
                HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
                for (int left = size; left > 0; ) {
                    byte[] bytes = random.bytes(1 + random.nextInt(left));
                    bytes[0] = (byte) random.nextInt(12);
                    left -= bytes.length;
                    hostile.say(Unpooled.wrappedBuffer(bytes));
                }
                finish(bench, near);
            }
        });
    }

    /** A relay that passes on something else than it got. */
    @Test
    void aRelayThatTampersLosesItsLegAndNothingElse() {
        Property.named("a relay that tampers loses its leg")
                .runs(60)
                .maxSize(60)
                .check((random, size) -> {
                    try (SessionBench bench = bench()) {
                        SessionBench.Line bad = bench.line(3, 12.5e6, 10 * MILLI);
                        int after = random.nextInt(size);
                        int fault = random.nextInt(5);
                        SessionBench.Pipe pipe = random.nextBoolean() ? bad.forth : bad.back;
                        pipe.fault = new Tampering(bench, random, after, fault);
                        RecordingEnd near = begin(bench);
                        finish(bench, near);
                    }
                });
    }

    /** Doubles, drops, swaps, changes or cuts one piece, the n-th. */
    private static final class Tampering implements UnaryOperator<ByteBuf> {

        private final SessionBench bench;
        private final SeededRandom random;
        private final int fault;
        private int until;
        private ByteBuf held = Unpooled.EMPTY_BUFFER;

        Tampering(SessionBench bench, SeededRandom random, int after, int fault) {
            this.bench = bench;
            this.random = random;
            this.until = after;
            this.fault = fault;
        }

        @Override
        public ByteBuf apply(ByteBuf piece) {
            if (held.isReadable()) {
                ByteBuf both = joined(piece, held);
                held = Unpooled.EMPTY_BUFFER;
                return both;
            }
            if (until-- != 0) {
                return piece;
            }
            return switch (fault) {
                case 0 -> joined(piece.retainedDuplicate(), piece);
                case 1 -> nothing(piece);
                case 2 -> {
                    held = Unpooled.copiedBuffer(piece);
                    yield nothing(piece);
                }
                case 3 -> changed(piece);
                default -> piece.writerIndex(piece.readerIndex() + random.nextInt(piece.readableBytes()));
            };
        }

        private static ByteBuf nothing(ByteBuf piece) {
            piece.release();
            return Unpooled.EMPTY_BUFFER;
        }

        private ByteBuf changed(ByteBuf piece) {
            ByteBuf copy = bench.allocator.buffer().writeBytes(piece);
            piece.release();
            int at = random.nextInt(copy.readableBytes());
            return copy.setByte(at, copy.getByte(at) ^ 1 << random.nextInt(8));
        }

        private ByteBuf joined(ByteBuf first, ByteBuf second) {
            ByteBuf both = bench.allocator.buffer().writeBytes(first).writeBytes(second);
            first.release();
            second.release();
            return both;
        }
    }

    private static SessionBench bench() {
        SessionBench bench = new SessionBench(SessionLimits.defaults().withMostFlows(20), MEMORY);
        HostileLeg.expect(bench.egress);
        bench.line(1, 12.5e6, 10 * MILLI);
        bench.line(2, 12.5e6, 10 * MILLI);
        return bench;
    }

    private static RecordingEnd begin(SessionBench bench) {
        RecordingEnd near = bench.ingress.open("origin:80");
        near.send(BYTES);
        near.finish();
        assertTrue(bench.until(() -> bench.egress.accepted.size() == 1, SECOND), "no flow came");
        return near;
    }

    private static void finish(SessionBench bench, RecordingEnd near) {
        RecordingEnd far = bench.egress.accepted.get(0);
        far.send(BYTES);
        far.finish();
        assertTrue(bench.until(() -> far.ended && near.ended, 60 * SECOND), "the honest flow did not end");
        assertEquals(BYTES, far.receivedBytes);
        assertEquals(BYTES, near.receivedBytes);
        assertTrue(bench.allocator.peakBytes() < 4 * MEMORY, () -> bench.allocator.peakBytes() + " bytes");
        assertTrue(bench.egress.session.flowCount() <= 40, "flows have a bound");
    }
}
