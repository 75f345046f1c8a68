package io.foreshard.jmh.fairness;

import io.foreshard.jmh.way.Bottleneck;
import java.util.List;

/**
 * How long the comparison takes.
 *
 * @param bottlenecks the conditions
 * @param rounds how often each is run, an even number: TCP begins first in every other one
 * @param warmUpSeconds after both flows have begun, before it counts
 * @param countedSeconds how long it counts
 */
record FairnessLength(List<Bottleneck> bottlenecks, int rounds, int warmUpSeconds, int countedSeconds) {

    static final FairnessLength FULL = new FairnessLength(
            List.of(new Bottleneck(20, 50), new Bottleneck(20, 100), new Bottleneck(50, 50), new Bottleneck(50, 100)),
            6,
            5,
            15);

    static final FairnessLength QUICK =
            new FairnessLength(List.of(new Bottleneck(20, 100), new Bottleneck(50, 50)), 2, 5, 10);
}
