package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.prefix.AddressFamily;
import java.util.List;

/**
 * Who creates and ends machines when.
 *
 * @param source where it is from, for people
 * @param subdivisions their names
 * @param earlier what was created before the replay, in order of time
 * @param machines what is created in the replay, in order of time
 * @param fromMillis when the replay begins, a multiple of {@link #STEP_MILLIS}
 * @param toMillis when it ends, another
 */
record Churn(
        String source,
        List<String> subdivisions,
        List<Burst> earlier,
        List<Machine> machines,
        long fromMillis,
        long toMillis) {

    /** The step of traces and forecasts. */
    static final long STEP_MILLIS = 300_000;

    static final long DAY_MILLIS = 86_400_000;

    /** One subdivision has addresses of IPv6, all others of IPv4. */
    AddressFamily family(int subdivision) {
        return subdivision == (subdivisions.size() - 1) / 2 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    }

    long learnFromMillis() {
        long first = earlier.isEmpty() ? fromMillis : earlier.get(0).atMillis();
        return Math.floorDiv(first, STEP_MILLIS) * STEP_MILLIS;
    }

    int steps() {
        return (int) ((toMillis - fromMillis) / STEP_MILLIS);
    }
}
