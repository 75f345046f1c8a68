package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** The bytes are written down from the figures of RFC 8762, RFC 8972 and RFC 4656, not from what the code does. */
class StampPacketTest {

    private static final int SEQUENCE = 0x01020304;
    /** 2020-09-13T12:26:40.5Z: 0x5F5E1000 seconds after 1970, which was 0x83AA7E80 seconds after 1900. */
    private static final long HALF_PAST = 1_600_000_000_500_000_000L;

    private static final int SESSION = 0xBEEF;

    // Figure 2 of RFC 8762: Sequence Number, Timestamp, Error Estimate, SSID (RFC 8972), 28 bytes of zeros.
    private static final String PROBE = "01020304" + "e3088e80" + "80000000" + "0001" + "beef" + "00".repeat(28);

    // Figure 4 of RFC 8762, in its order, from a reflector that got the probe 1 s and answered 1.25 s after it was
    // sent, by its clock.
    private static final String ANSWER = "01020304" // Sequence Number
            + "e3088e81" + "c0000000" // Timestamp
            + "8380" // Error Estimate: S, NTP, scale 3, multiplier 128: 128 * 2^(3-32) s = 238.4 ns
            + "beef" // SSID
            + "e3088e81" + "80000000" // Receive Timestamp
            + "01020304" // Session-Sender Sequence Number
            + "e3088e80" + "80000000" // Session-Sender Timestamp
            + "0001" // Session-Sender Error Estimate
            + "0000" // MBZ
            + "ff" // Session-Sender TTL: not read
            + "000000"; // MBZ

    private static ByteBuf probe(int paddingBytes) {
        ByteBuf packet = Unpooled.buffer();
        long time = StampTimestampFormat.NTP.encode(HALF_PAST);
        StampPacket.writeProbe(packet, SEQUENCE, time, 1, SESSION, paddingBytes);
        return packet;
    }

    @Test
    void aProbeIsLaidOutAsTheRfcDrawsIt() {
        assertEquals(PROBE, ByteBufUtil.hexDump(probe(0)));
    }

    @Test
    void paddingIsOneExtraPaddingTlvThatTheSenderMarksAsNotRecognised() {
        assertEquals(PROBE + "80" + "01" + "0006" + "00".repeat(6), ByteBufUtil.hexDump(probe(10)));
    }

    @Test
    void anAnswerIsLaidOutAsTheRfcDrawsItAndKeepsWhatFollows() {
        ByteBuf packet = probe(10);
        reflect(packet);
        assertEquals(ANSWER + "80" + "01" + "0006" + "00".repeat(6), ByteBufUtil.hexDump(packet));
    }

    @Test
    void aProbeThatDoesNotStartItsBufferIsReflectedWhereItLies() {
        ByteBuf shifted = Unpooled.buffer().writeLong(-1).writeBytes(probe(0));
        shifted.skipBytes(8);
        reflect(shifted);
        assertEquals(ANSWER, ByteBufUtil.hexDump(shifted));
    }

    @Test
    void onlyAnAnswerLooksReflected() {
        ByteBuf packet = probe(0);
        assertFalse(StampPacket.isReflected(packet));
        reflect(packet);
        assertTrue(StampPacket.isReflected(packet));
    }

    private static void reflect(ByteBuf packet) {
        StampTimestampFormat format = StampTimestampFormat.NTP;
        int estimate = ErrorEstimate.of(true, format, 238);
        StampPacket.reflect(
                packet, format.encode(HALF_PAST + 1_000_000_000L), estimate, format.encode(HALF_PAST + 1_250_000_000L));
    }

    @Test
    void aPtpTimestampIsSecondsAndNanoseconds() {
        assertEquals(0x5F5E1000_1DCD6500L, StampTimestampFormat.PTP.encode(HALF_PAST));
    }

    @Test
    void timesSurviveBothFormatsToTheNanosecond() {
        Property.named("timestamps come back").runs(2000).check((random, size) -> {
            long time = random.nextLong(0, 4_294_967_295L * 1_000_000_000L);
            for (StampTimestampFormat format : StampTimestampFormat.values()) {
                assertEquals(time, format.decode(format.encode(time)), format::name);
            }
        });
    }

    @Test
    void anErrorEstimateIsNeverBelowTheErrorNorMuchAbove() {
        Property.named("error estimates cover").runs(2000).check((random, size) -> {
            long error = random.nextLong(1, 3_600_000_000_000L);
            int estimate = ErrorEstimate.of(false, StampTimestampFormat.PTP, error);
            double said = (estimate & 0xFF) * Math.scalb(1e9, ((estimate >> 8) & 0x3F) - 32);
            assertTrue(said >= error * (1 - 1e-12) && said <= 1.01 * error + 1, () -> error + " said " + said);
            assertEquals(StampTimestampFormat.PTP, ErrorEstimate.format(estimate));
            assertTrue(ErrorEstimate.isValid(estimate));
        });
    }

    @Test
    void anErrorEstimateOfZerosIsNotValid() {
        assertFalse(ErrorEstimate.isValid(0x8F00));
    }
}
