package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;

/**
 * A prefix and those within it up to some length: what filters of routers are made of.
 *
 * @param prefix the shortest
 * @param longest length of the longest that belongs to it
 */
public record PrefixRange(Prefix prefix, int longest) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the longest is shorter than the prefix, or longer than an address
     */
    public PrefixRange {
        Checks.inRange("longest", longest, prefix.length(), prefix.family().bits());
    }

    /** Returns whether it holds nothing but its prefix. */
    public boolean isExact() {
        return longest == prefix.length();
    }
}
