package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    /** Vector 8 of vectors_sip64 in the reference implementation, github.com/veorq/SipHash: key 00…0f, message 00…07. */
    @Test
    void agreesWithThePublishedVectorOfSipHash24() {
        assertEquals(
                0x93f5f5799a932462L, SipHash.hash(2, 4, 0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x0706050403020100L));
    }

    /** Computed using Python 3.11.7: hash(word.to_bytes(8, 'little')) with PYTHONHASHSEED=0, that is with a key of zeros. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, bd60acb658c79e45",
        "0000000000000001, 1e9f734161d62dd9",
        "0706050403020100, ead411e67ebe2eea",
        "ffffffffffffffff, 2f205be2fec8e38d",
        "0123456789abcdef, 8662046e52264db8",
        "8000000000000000, ef0826fa9ec09086"
    })
    void agreesWithAnIndependentSipHash13(String word, String hash) {
        assertEquals(Long.parseUnsignedLong(hash, 16), SipHash.hash(1, 3, 0, 0, Long.parseUnsignedLong(word, 16)));
    }
}
