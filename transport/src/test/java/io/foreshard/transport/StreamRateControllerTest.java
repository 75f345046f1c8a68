package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamRateControllerTest {

    private static final long MILLI = 1_000_000;

    private static RateSample sample(long bytesPerSecond, long minRttNanos, boolean appLimited) {
        RateSample sample = new RateSample();
        sample.deliveryRateBytesPerSecond = bytesPerSecond;
        sample.minRttNanos = minRttNanos;
        sample.appLimited = appLimited;
        sample.roundEnded = true;
        return sample;
    }

    @Test
    void opensTheWindowByTwiceWhatIsDeliveredInARoundTripAndTenMilliseconds() {
        StreamRateController rate = new StreamRateController();
        assertEquals(StreamRateController.FLOOR_BYTES, rate.windowBytes());
        rate.onAck(sample(10_000_000, 50 * MILLI, false));
        assertEquals(StreamRateController.FLOOR_BYTES + 1_100_000, rate.windowBytes());
        assertEquals(StreamRateController.UNPACED, rate.rateBytesPerSecond());
        assertEquals(10_000_000, rate.capacityBytesPerSecond());
    }

    @Test
    void followsAFallOfTheDeliveryRateWithinSixteenRounds() {
        StreamRateController rate = new StreamRateController();
        rate.onAck(sample(10_000_000, MILLI, false));
        for (int round = 0; round < 16; round++) {
            rate.onAck(sample(1_000_000, MILLI, false));
        }
        assertEquals(1_000_000, rate.capacityBytesPerSecond());
    }

    @Test
    void forgetsNothingWhileThereIsLittleToSend() {
        StreamRateController rate = new StreamRateController();
        rate.onAck(sample(10_000_000, MILLI, false));
        for (int round = 0; round < 100; round++) {
            rate.onAck(sample(1000, MILLI, true));
        }
        assertEquals(10_000_000, rate.capacityBytesPerSecond());
    }

    @Test
    void startsAnewWhenFeedbackHasEnded() {
        StreamRateController rate = new StreamRateController();
        rate.onAck(sample(10_000_000, MILLI, false));
        rate.onFeedbackEnd();
        assertEquals(StreamRateController.FLOOR_BYTES, rate.windowBytes());
        assertTrue(rate.rateBytesPerSecond() > 0);
    }
}
