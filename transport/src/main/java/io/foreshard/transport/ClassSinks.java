package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets of one loop that mark what they send, one per marked traffic class; a class's path has the class's code as its id. */
final class ClassSinks {

    static final ClassSinks NONE = new ClassSinks(Map.of());

    private final @Nullable PacketSink[] byCode = new PacketSink[SessionPaths.MAX_PATHS];
    private int classes;

    ClassSinks(Map<TrafficClass, PacketSink> sinks) {
        sinks.forEach((trafficClass, sink) -> {
            byCode[trafficClass.code()] = sink;
            classes |= SendQueues.setOf(trafficClass);
        });
    }

    /** Returns where a path sends from, or {@code null} when it has no socket of its own. */
    @Nullable
    PacketSink of(int pathId) {
        return byCode[pathId];
    }

    /** Returns the classes that have sockets, as a set of {@link SendQueues}. */
    int classes() {
        return classes;
    }
}
