package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.flowsharder.wire.AckRanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Feeds a leg of a session. Replays the committed inputs as an ordinary test; with {@code JAZZER_FUZZ=1} and one method chosen it looks
 * for new ones.
 */
class SessionFuzzTest {

    private static final int FLOWS = 4;
    private static final int LEAST_BYTES = 10;

    @FuzzTest(maxDuration = "3m")
    void anyBytesAreTakenOrTheLegIsClosed(byte[] input) {
        try (SessionBench bench = new SessionBench()) {
            HostileLeg leg = new HostileLeg(bench, bench.egress, 1);
            int half = input.length / 2;
            leg.say(Unpooled.wrappedBuffer(input, 0, half));
            leg.say(Unpooled.wrappedBuffer(input, half, input.length - half));
        }
    }

    /** Checksums stop a fuzzer, not an edge with the key: here they are right. Ten bytes or so make a frame. */
    @FuzzTest(maxDuration = "3m")
    void anyFramesAreTakenOrTheLegIsClosed(byte[] input) {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults().withMostFlows(2), 1 << 20)) {
            HostileLeg.expect(bench.egress);
            HostileLeg leg = new HostileLeg(bench, bench.egress, 1);
            ByteBuf in = Unpooled.wrappedBuffer(input);
            while (in.readableBytes() >= LEAST_BYTES && !leg.leg.isDead()) {
                frame(leg, in);
                bench.run(in.isReadable() ? (in.readByte() & 0x7F) * MILLI : 0);
            }
            assertTrue(bench.egress.session.flowCount() <= 2 * FLOWS);
            assertTrue(bench.allocator.peakBytes() < 8 << 20);
        }
    }

    private static void frame(HostileLeg leg, ByteBuf in) {
        int flow = 1 + (in.readByte() & (FLOWS - 1));
        int kind = in.readByte() & 7;
        long number = in.readLong() >>> 1;
        long small = number % 1000;
        switch (kind) {
            case 0 -> leg.say(leg.says.open(flow, number, HostileLeg.TARGET));
            case 1 -> leg.data(flow, small, "x".repeat(1 + flow), (number & 1) != 0);
            case 2 -> leg.data(flow, number, "x", false);
            case 3 -> leg.say(leg.says.ack(flow, small % 3, number, new AckRanges(), (small & 1) != 0));
            case 4 -> leg.say(leg.says.reset(flow, (int) small));
            case 5 -> leg.say(leg.says.legAck(small));
            case 6 -> leg.say(small == 0 ? leg.says.leave() : leg.says.ping());
            default -> leg.say(leg.says.legAck(number));
        }
    }
}
