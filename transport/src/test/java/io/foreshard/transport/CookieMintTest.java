package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class CookieMintTest {

    private static final long SECOND = 1_000_000_000L;
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);

    private final CookieMint mint = new CookieMint(new byte[CookieMint.SECRET_BYTES]);

    @Test
    void isGoodForItsPeerAndSessionAndTenSeconds() {
        byte[] cookie = mint.bake(PEER, 7, 100 * SECOND);
        assertTrue(mint.isGood(cookie, PEER, 7, 100 * SECOND));
        assertTrue(mint.isGood(cookie, PEER, 7, 110 * SECOND));
        assertFalse(mint.isGood(cookie, PEER, 7, 111 * SECOND));
        assertFalse(mint.isGood(cookie, PEER, 7, 99 * SECOND));
        assertFalse(mint.isGood(cookie, PEER, 8, 100 * SECOND));
        assertFalse(mint.isGood(cookie, new InetSocketAddress("192.0.2.1", 4001), 7, 100 * SECOND));
        assertFalse(mint.isGood(cookie, new InetSocketAddress("192.0.2.2", 4000), 7, 100 * SECOND));
    }

    @Test
    void anotherSecretMakesAnotherCookie() {
        byte[] secret = new byte[CookieMint.SECRET_BYTES];
        secret[31] = 1;
        assertFalse(mint.isGood(new CookieMint(secret).bake(PEER, 7, SECOND), PEER, 7, SECOND));
    }

    @Test
    void everyFlippedBitAndEveryOtherLengthIsNoticed() {
        byte[] cookie = mint.bake(PEER, 7, SECOND);
        for (int bit = 0; bit < 8 * cookie.length; bit++) {
            byte[] flipped = cookie.clone();
            flipped[bit >>> 3] ^= (byte) (1 << (bit & 7));
            assertFalse(mint.isGood(flipped, PEER, 7, SECOND));
        }
        assertFalse(mint.isGood(new byte[0], PEER, 7, SECOND));
        assertFalse(mint.isGood(java.util.Arrays.copyOf(cookie, cookie.length + 1), PEER, 7, SECOND));
    }
}
