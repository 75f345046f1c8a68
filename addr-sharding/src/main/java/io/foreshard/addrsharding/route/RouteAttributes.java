package io.foreshard.addrsharding.route;

import io.foreshard.runtime.Checks;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a route carries. Immutable.
 *
 * @param communities in order, without duplicates
 * @param largeCommunities in order, without duplicates
 * @param med multi-exit discriminator, 0…4294967295: a neighbour prefers the lowest
 * @param localPreference 0…4294967295: within the autonomous system, the highest is preferred
 * @param weight 0…65535: within the router alone, the highest is preferred; not every make has it
 */
public record RouteAttributes(
        List<Community> communities,
        List<LargeCommunity> largeCommunities,
        OptionalLong med,
        OptionalLong localPreference,
        OptionalLong weight) {

    /** Nothing. */
    public static final RouteAttributes NONE =
            new RouteAttributes(List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private static final int MOST_COMMUNITIES = 32;

    /**
     * Checks the ranges; sorts the communities.
     *
     * @throws IllegalArgumentException if a number is out of its range, or there are more than 32 communities of a kind
     */
    public RouteAttributes {
        communities = sorted("communities", communities);
        largeCommunities = sorted("largeCommunities", largeCommunities);
        med.ifPresent(value -> Checks.inRange("med", value, 0, 0xffff_ffffL));
        localPreference.ifPresent(value -> Checks.inRange("localPreference", value, 0, 0xffff_ffffL));
        weight.ifPresent(value -> Checks.inRange("weight", value, 0, 0xffffL));
    }

    /**
     * Returns attributes that consist of marks.
     *
     * @param communities of any number up to 32
     * @param largeCommunities of any number up to 32
     */
    public static RouteAttributes marked(
            Collection<Community> communities, Collection<LargeCommunity> largeCommunities) {
        return new RouteAttributes(
                List.copyOf(communities),
                List.copyOf(largeCommunities),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * Returns the same with another multi-exit discriminator.
     *
     * @param value 0…4294967295
     */
    public RouteAttributes withMed(long value) {
        return new RouteAttributes(communities, largeCommunities, OptionalLong.of(value), localPreference, weight);
    }

    /**
     * Returns the same with another local preference.
     *
     * @param value 0…4294967295
     */
    public RouteAttributes withLocalPreference(long value) {
        return new RouteAttributes(communities, largeCommunities, med, OptionalLong.of(value), weight);
    }

    /**
     * Returns the same with another weight.
     *
     * @param value 0…65535
     */
    public RouteAttributes withWeight(long value) {
        return new RouteAttributes(communities, largeCommunities, med, localPreference, OptionalLong.of(value));
    }

    private static <T extends Comparable<T>> List<T> sorted(String name, List<T> values) {
        Checks.inRange(name, values.size(), 0, MOST_COMMUNITIES);
        return values.stream().sorted().distinct().toList();
    }
}
