package io.foreshard.addrsharding.route;

import io.foreshard.runtime.Checks;
import java.util.Comparator;

/**
 * A large community (RFC 8092): a mark with room for autonomous systems of 32 bits. All numbers are of 32 bits without sign.
 *
 * @param autonomousSystem who defines it
 * @param function what kind of mark
 * @param parameter of that kind
 */
public record LargeCommunity(long autonomousSystem, long function, long parameter)
        implements Comparable<LargeCommunity> {

    private static final long MOST = 0xffff_ffffL;
    private static final Comparator<LargeCommunity> ORDER = Comparator.comparingLong(LargeCommunity::autonomousSystem)
            .thenComparingLong(LargeCommunity::function)
            .thenComparingLong(LargeCommunity::parameter);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number does not fit in 32 bits, or the autonomous system may not be used
     */
    public LargeCommunity {
        AutonomousSystems.check("largeCommunity.autonomousSystem", autonomousSystem);
        Checks.inRange("largeCommunity.function", function, 0, MOST);
        Checks.inRange("largeCommunity.parameter", parameter, 0, MOST);
    }

    @Override
    public int compareTo(LargeCommunity other) {
        return ORDER.compare(this, other);
    }

    /** Returns the numbers with colons between. */
    @Override
    public String toString() {
        return autonomousSystem + ":" + function + ":" + parameter;
    }
}
