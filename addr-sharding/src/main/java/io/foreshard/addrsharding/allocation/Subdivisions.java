package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each subdivision has. Those that have nothing, and of whom nothing is expected, are forgotten when there are too many. */
final class Subdivisions {

    private final int most;
    private final Map<String, SubdivisionPolicy> policies;
    private final SubdivisionPolicy otherPolicy;
    private final Map<AddressFamily, Map<String, Holding>> holdings = new EnumMap<>(AddressFamily.class);

    Subdivisions(int most, Map<String, SubdivisionPolicy> policies, SubdivisionPolicy otherPolicy) {
        this.most = most;
        this.policies = Map.copyOf(policies);
        this.otherPolicy = otherPolicy;
        for (AddressFamily family : AddressFamily.values()) {
            holdings.put(family, new HashMap<>());
        }
    }

    /** Returns null if it has nothing. */
    @Nullable
    Holding find(String subdivision, AddressFamily family) {
        return of(family).get(subdivision);
    }

    /** Returns null if there are too many. */
    @Nullable
    Holding findOrMake(String subdivision, AddressFamily family) {
        Map<String, Holding> all = of(family);
        Holding holding = all.get(subdivision);
        if (holding != null) {
            return holding;
        }
        if (all.size() >= most) {
            all.values().removeIf(Holding::isForgettable);
        }
        if (all.size() >= most) {
            return null;
        }
        Holding made = new Holding(subdivision, policies.getOrDefault(subdivision, otherPolicy));
        all.put(subdivision, made);
        return made;
    }

    List<Holding> all(AddressFamily family) {
        return new ArrayList<>(of(family).values());
    }

    private Map<String, Holding> of(AddressFamily family) {
        return holdings.getOrDefault(family, Map.of());
    }
}
