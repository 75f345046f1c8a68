package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.TrafficClass;
import org.junit.jupiter.api.Test;

class SendCreditTest {

    private final SendCredit credit = new SendCredit();
    private final OutboundMessage urgent = BareSession.message(496, TrafficClass.REAL_TIME);
    private final OutboundMessage patient = BareSession.message(496, TrafficClass.STANDARD);

    @Test
    void allOfItMayBeUsedAndNotOneByteOrMessageMore() {
        assertEquals(500, urgent.total);
        credit.grant(500, 1);
        assertTrue(credit.fits(urgent));
        credit.grant(499, 1);
        assertFalse(credit.fits(urgent));
        credit.grant(5_000, 1);
        credit.take(urgent);
        assertFalse(credit.fits(urgent));
        credit.grant(1_000, 2);
        assertTrue(credit.fits(urgent));
    }

    @Test
    void patientMessagesLeaveAnEighthOfTheBytesAndOfTheMessages() {
        credit.grant(8_000, 16);
        for (int i = 0; i < 14; i++) {
            assertTrue(credit.fits(patient), "message " + i);
            credit.take(patient);
        }
        assertFalse(credit.fits(patient), "7 000 B are seven eighths");
        credit.grant(80_000, 16);
        assertFalse(credit.fits(patient), "14 messages are seven eighths");
        assertTrue(credit.fits(urgent));
        credit.giveBack(patient);
        assertTrue(credit.fits(patient));
    }

    @Test
    void whatWasLoweredIsNotExceededByAnythingNew() {
        credit.grant(10_000, 10);
        credit.take(urgent);
        credit.take(patient);
        credit.grant(0, 0);
        assertFalse(credit.fits(urgent));
        credit.giveBack(urgent);
        credit.giveBack(patient);
        credit.grant(500, 1);
        assertTrue(credit.fits(patient), "one is always let in");
    }
}
