package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Protocol;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One second of the replay under one policy.
 *
 * @param seconds since the beginning
 * @param megabyteSeconds memory-time so far
 * @param isForeseen whether forecasts decided
 * @param kinds the stacks of each protocol
 */
record Sample(double seconds, double megabyteSeconds, boolean isForeseen, Map<Protocol, KindSample> kinds) {

    Sample {
        kinds = new EnumMap<>(kinds);
    }

    double sum(ToDoubleFunction<KindSample> value) {
        return kinds.values().stream().mapToDouble(value).sum();
    }

    KindSample of(Protocol protocol) {
        KindSample sample = kinds.get(protocol);
        if (sample == null) {
            throw new IllegalStateException("no sample of " + protocol);
        }
        return sample;
    }
}
