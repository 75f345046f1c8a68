package io.foreshard.addrsharding.route;

import io.foreshard.runtime.Checks;
import java.util.Comparator;

/**
 * A community (RFC 1997): a mark that routers carry along with a route.
 *
 * @param autonomousSystem who defines it, 0…65535; 65535 for those that everybody knows
 * @param value what it means there, 0…65535
 */
public record Community(int autonomousSystem, int value) implements Comparable<Community> {

    private static final int MOST = 0xffff;
    private static final Comparator<Community> ORDER =
            Comparator.comparingInt(Community::autonomousSystem).thenComparingInt(Community::value);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number does not fit in 16 bits
     */
    public Community {
        Checks.inRange("community.autonomousSystem", autonomousSystem, 0, MOST);
        Checks.inRange("community.value", value, 0, MOST);
    }

    @Override
    public int compareTo(Community other) {
        return ORDER.compare(this, other);
    }

    /** Returns both numbers with a colon between. */
    @Override
    public String toString() {
        return autonomousSystem + ":" + value;
    }
}
