package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ClassQueue}s of a session, asked by each path in the order of its {@link ClassTurns}, so that none waits for ever: with all
 * classes busy, each gets at least one of {@value ClassTurns#TURN} × {@link #CLASSES} shards on its path. Confined to one event loop.
 *
 * <p>A set of classes is a number with the bit 1 &lt;&lt; {@link TrafficClass#ordinal()} of each: the lowest bit is the most urgent.
 */
final class SendQueues {

    static final int CLASSES = TrafficClass.values().length;
    static final int ALL_CLASSES = (1 << CLASSES) - 1;

    private final @Nullable ClassQueue[] byUrgency = new ClassQueue[CLASSES];
    /** Returns the set of one class. */
    static int setOf(TrafficClass trafficClass) {
        return 1 << trafficClass.ordinal();
    }

    ClassQueue of(OutboundMessage message) {
        TrafficClass trafficClass = message.options.trafficClass();
        ClassQueue queue = byUrgency[trafficClass.ordinal()];
        if (queue == null) {
            queue = new ClassQueue(trafficClass);
            byUrgency[trafficClass.ordinal()] = queue;
        }
        return queue;
    }

    /** Returns the queue of the class of a rank, if it is used and in a set. */
    @Nullable
    ClassQueue ofRank(int rank, int classes) {
        return (classes & 1 << rank) == 0 ? null : byUrgency[rank];
    }

    void repair(OutboundBlock block, int index) {
        of(block.message).repairs.add(block, index);
    }

    /** Sees to it that there is a shard of some classes to probe a path with; returns whether there is. */
    boolean addProbe(SentPackets sent, int classes) {
        for (int i = 0; i < CLASSES; i++) {
            ClassQueue queue = ofRank(i, classes);
            if (queue != null && queue.repairs.next() != null) {
                return true;
            }
        }
        return addNewestInFlight(sent, classes);
    }

    private boolean addNewestInFlight(SentPackets sent, int classes) {
        for (long number = sent.nextNumber() - 1; number >= sent.oldestNumber(); number--) {
            OutboundBlock block = sent.state(number) == SentPackets.IN_FLIGHT ? sent.block(number) : null;
            if (block != null && isWanted(block, sent.shard(number), classes)) {
                repair(block, OutboundBlock.indexOf(sent.shard(number)));
                return true;
            }
        }
        return false;
    }

    private static boolean isWanted(OutboundBlock block, int tag, int classes) {
        OutboundMessage message = block.message;
        return message.isOpen()
                && message.isRepairable()
                && (classes & setOf(message.options.trafficClass())) != 0
                && block.isCurrent(tag)
                && !block.hasArrived(OutboundBlock.indexOf(tag));
    }

    /** Returns whether messages wait and nothing else can be sent. */
    boolean onlyWaits() {
        boolean waits = false;
        for (ClassQueue queue : byUrgency) {
            if (queue != null) {
                waits |= queue.hasWaiting();
                if (!queue.hasNothingStarted()) {
                    return false;
                }
            }
        }
        return waits;
    }

    boolean hasWaiting() {
        for (ClassQueue queue : byUrgency) {
            if (queue != null && queue.hasWaiting()) {
                return true;
            }
        }
        return false;
    }

    void collectWaiting(List<OutboundMessage> into) {
        for (ClassQueue queue : byUrgency) {
            if (queue != null) {
                queue.collectWaiting(into);
            }
        }
    }

    void clear() {
        for (ClassQueue queue : byUrgency) {
            if (queue != null) {
                queue.clear();
            }
        }
    }
}
