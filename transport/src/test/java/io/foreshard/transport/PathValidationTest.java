package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PathValidationTest {

    private static final InetSocketAddress NEW = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 2);
    private static final long RETRY = 200_000_000L;

    private final PathValidation validation = new PathValidation(new SimulatedPair.SeededSecureRandom(1));

    @Test
    void onlyTheTokenFromTheChallengedAddressValidatesIt() {
        assertTrue(validation.onPacketFrom(NEW, 1000, 40, 0));
        assertFalse(validation.onResponse(NEW, validation.token() + 1));
        assertFalse(validation.onResponse(OTHER, validation.token()));
        assertTrue(validation.onResponse(NEW, validation.token()));
        assertFalse(validation.onResponse(NEW, validation.token()), "once");
    }

    @Test
    void challengesOnceInTwoHundredMillisecondsAndNeverMoreThanThreeTimesTheBytes() {
        int sent = 0;
        int received = 0;
        for (int i = 0; i < 100; i++) {
            received += 10;
            if (validation.onPacketFrom(NEW, 10, 40, i * RETRY)) {
                sent += 40;
            }
        }
        assertTrue(sent <= 3 * received && sent > 2 * received, "sent " + sent + " for " + received);
        assertFalse(validation.onPacketFrom(NEW, 1000, 40, 99 * RETRY + 1));
    }

    @Test
    void oneStrangerDoesNotDriveAnotherOutAtOnce() {
        validation.onPacketFrom(NEW, 1000, 40, 0);
        long token = validation.token();
        assertFalse(validation.onPacketFrom(OTHER, 1000, 40, RETRY - 1));
        assertEquals(token, validation.token());
        assertTrue(validation.onPacketFrom(OTHER, 1000, 40, RETRY));
    }
}
