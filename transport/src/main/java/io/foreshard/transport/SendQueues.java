package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ClassQueue}s of a session in the order in which they are served. A more urgent class leaves before a less urgent one, but
 * each {@value #TURN}th shard goes to the classes in turn, so that none waits for ever: with all of them busy, each gets at least one
 * shard of {@value #TURN} × the number of classes. Confined to one event loop.
 *
 * <p>A set of classes is a number with the bit 1 &lt;&lt; {@link TrafficClass#ordinal()} of each: the lowest bit is the most urgent.
 */
final class SendQueues {

    static final int TURN = 16;
    static final int CLASSES = TrafficClass.values().length;
    static final int ALL_CLASSES = (1 << CLASSES) - 1;

    private final @Nullable ClassQueue[] byUrgency = new ClassQueue[CLASSES];
    /** Since the last turn. */
    private int departures;

    private int turn;

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

    /** Returns the queue that is to be asked as the i-th, if it is used and in a set. */
    @Nullable
    ClassQueue inOrder(int i, int classes) {
        int rank = isTurn() ? (turn + i) % CLASSES : i;
        return (classes & 1 << rank) == 0 ? null : byUrgency[rank];
    }

    private boolean isTurn() {
        return departures == TURN - 1;
    }

    /** Takes that a shard of a message has left. */
    void onSent(OutboundMessage message) {
        if (isTurn()) {
            turn = (message.options.trafficClass().ordinal() + 1) % CLASSES;
            departures = 0;
        } else {
            departures++;
        }
    }

    void repair(OutboundBlock block, int index) {
        of(block.message).repairs.add(block, index);
    }

    /** Sees to it that there is a shard of some classes to probe a path with; returns whether there is. */
    boolean addProbe(SentPackets sent, int classes) {
        for (int i = 0; i < CLASSES; i++) {
            ClassQueue queue = inOrder(i, classes);
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
