package io.foreshard.runtime;

/**
 * SipHash of one 64-bit word: a keyed hash whose collisions cannot be found without the key.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012</a>
 */
final class SipHash {

    /** The final block of an 8-byte message: its length in the top byte, no bytes left over. */
    private static final long LENGTH_BLOCK = 8L << 56;

    private SipHash() {}

    /**
     * Returns SipHash-c-d of the word as 8 little-endian bytes.
     *
     * @param compressionRounds c, at least 1
     * @param finalizationRounds d, at least 1
     * @param key0 first half of the key, little-endian
     * @param key1 second half of the key, little-endian
     * @param word the message
     */
    static long hash(int compressionRounds, int finalizationRounds, long key0, long key1, long word) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L ^ word;
        int rounds = 2 * compressionRounds + finalizationRounds;
        for (int round = 0; round < rounds; round++) {
            if (round == compressionRounds) {
                v0 ^= word;
                v3 ^= LENGTH_BLOCK;
            } else if (round == 2 * compressionRounds) {
                v0 ^= LENGTH_BLOCK;
                v2 ^= 0xff;
            }
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
