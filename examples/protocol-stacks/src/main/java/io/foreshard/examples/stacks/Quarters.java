package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where stacks run.
 *
 * @param engines that run them
 * @param sources what the stacks of each protocol are made of
 * @param startMillis how long one takes to start, by the clock on the wall
 * @param megabytes how much memory one takes
 * @param words the same for people
 */
record Quarters(
        List<StackEngine> engines,
        Map<Protocol, StackSource> sources,
        double startMillis,
        double megabytes,
        String words) {

    Quarters {
        sources = new EnumMap<>(sources);
    }

    StackSource source(Protocol protocol) {
        StackSource source = sources.get(protocol);
        if (source == null) {
            throw new IllegalStateException("no stacks for " + protocol);
        }
        return source;
    }
}
