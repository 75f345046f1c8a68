package io.foreshard.addrsharding.route;

import io.foreshard.runtime.Checks;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which routes of a neighbour are accepted, and how they are preferred.
 *
 * @param range which prefixes
 * @param mark what they must carry, if anything
 * @param localPreference 0…4294967295: within the autonomous system, the highest is preferred
 * @param weight 0…65535: within the router alone, the highest is preferred; not every make has it
 */
public record ImportRule(
        PrefixRange range, Optional<LargeCommunity> mark, OptionalLong localPreference, OptionalLong weight) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ImportRule {
        localPreference.ifPresent(value -> Checks.inRange("localPreference", value, 0, 0xffff_ffffL));
        weight.ifPresent(value -> Checks.inRange("weight", value, 0, 0xffffL));
    }

    /**
     * Returns a rule that accepts all prefixes of a range as they are.
     *
     * @param range which
     */
    public static ImportRule of(PrefixRange range) {
        return new ImportRule(range, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * Returns the same for routes that carry a mark.
     *
     * @param wanted the mark
     */
    public ImportRule marked(LargeCommunity wanted) {
        return new ImportRule(range, Optional.of(wanted), localPreference, weight);
    }

    /**
     * Returns the same with another local preference.
     *
     * @param value 0…4294967295
     */
    public ImportRule preferred(long value) {
        return new ImportRule(range, mark, OptionalLong.of(value), weight);
    }
}
