package io.foreshard.addrsharding.route;

import io.foreshard.runtime.Checks;

/** Which numbers of autonomous systems may be used in BGP. Stateless. */
final class AutonomousSystems {

    private static final long LARGEST = 0xffff_ffffL;
    private static final long TRANSITION = 23456;
    private static final long LAST_OF_16_BITS = 0xffff;
    private static final String EXPECTED =
            "1…4294967294, without 23456 (RFC 6793), 64496…64511 and 65536…65551" + " (RFC 5398), and 65535 (RFC 7300)";

    private AutonomousSystems() {}

    /** Refuses what stands for nobody (RFC 7607), for a transition, for documentation, or is the last of its size. */
    static long check(String name, long number) {
        boolean isReserved = number < 1
                || number >= LARGEST
                || number == TRANSITION
                || number == LAST_OF_16_BITS
                || (number >= 64496 && number <= 64511)
                || (number >= 65536 && number <= 65551);
        Checks.require(!isReserved, name, number, EXPECTED);
        return number;
    }
}
