package io.foreshard.flowsharder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JoinKeyTest {

    private static final JoinToken UNSIGNED = new JoinToken(1, 11, 12, 3, 4, 1_800_000_000, 13, 14, 0, 0);

    private final JoinKey key = new JoinKey("a secret of both edges".getBytes(StandardCharsets.US_ASCII));
    private final JoinKey other = new JoinKey("a secret of somebody else".getBytes(StandardCharsets.US_ASCII));

    private static JoinToken read(byte[] bytes) {
        return JoinToken.read(Unpooled.wrappedBuffer(bytes), 0);
    }

    private static byte[] bytes(JoinToken token) {
        ByteBuf out = Unpooled.buffer(JoinToken.BYTES);
        token.write(out);
        return out.array();
    }

    @Test
    void knowsItsOwnTokensAndNoOthers() {
        JoinToken token = key.sign(UNSIGNED);
        assertTrue(key.isGenuine(read(bytes(token))));
        assertFalse(other.isGenuine(token));
        assertFalse(key.isGenuine(UNSIGNED));
    }

    @Test
    void noticesEveryChangedBit() {
        byte[] token = bytes(key.sign(UNSIGNED));
        for (int bit = 0; bit < 8 * token.length; bit++) {
            token[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(key.isGenuine(read(token)), "bit " + bit);
            token[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void anAnswerBelongsToOneToken() {
        JoinToken token = key.sign(UNSIGNED);
        JoinProof proof = key.answer(token, 21, 22);
        assertTrue(key.isGenuine(token, proof));
        assertFalse(other.isGenuine(token, proof));
        JoinToken next = key.sign(new JoinToken(1, 11, 12, 3, 5, 1_800_000_000, 13, 14, 0, 0));
        assertFalse(key.isGenuine(next, proof));
        assertFalse(key.isGenuine(token, new JoinProof(21, 23, proof.tagHigh(), proof.tagLow())));
    }

    /** A token's signature is no answer to it, and both sides find the same key only with the same secret. */
    @Test
    void signaturesOfDifferentPurposesDiffer() {
        JoinToken token = key.sign(UNSIGNED);
        assertFalse(key.isGenuine(token, new JoinProof(0, 0, token.tagHigh(), token.tagLow())));
        JoinProof proof = key.answer(token, 21, 22);
        assertEquals(key.checksumKey(token, proof), key.checksumKey(read(bytes(token)), proof));
        assertNotEquals(key.checksumKey(token, proof), other.checksumKey(token, proof));
        assertNotEquals(key.checksumKey(token, proof), proof.tagHigh());
    }

    @Test
    void aShortSecretIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new JoinKey(new byte[15]));
        assertEquals("secret: 15 bytes (expected: at least 16)", refused.getMessage());
    }
}
