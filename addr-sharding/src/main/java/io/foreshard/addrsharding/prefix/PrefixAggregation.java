package io.foreshard.addrsharding.prefix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Merges prefixes into the fewest that hold exactly the same addresses (the lossless case of Draves et al., MSR-TR-98-59). */
public final class PrefixAggregation {

    private PrefixAggregation() {}

    /**
     * Returns the fewest prefixes that hold exactly the addresses of given ones, in time n log n.
     *
     * @param prefixes of both families, in any order; may overlap
     * @return ascending, no two overlapping or siblings
     */
    public static List<Prefix> of(Collection<Prefix> prefixes) {
        List<Prefix> merged = new ArrayList<>();
        for (Prefix next : prefixes.stream().sorted().toList()) {
            // A prefix stands before all that it contains, so only the last can contain this one.
            if (merged.isEmpty() || !last(merged).contains(next)) {
                merged.add(next);
                mergeLast(merged);
            }
        }
        return List.copyOf(merged);
    }

    private static void mergeLast(List<Prefix> merged) {
        while (merged.size() > 1) {
            Prefix last = last(merged);
            Prefix before = merged.get(merged.size() - 2);
            if (last.length() == 0 || !last.sibling().equals(before)) {
                return;
            }
            merged.remove(merged.size() - 1);
            merged.set(merged.size() - 1, before.parent());
        }
    }

    private static Prefix last(List<Prefix> merged) {
        return merged.get(merged.size() - 1);
    }
}
