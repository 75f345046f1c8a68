package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session has to send of one traffic class: messages that wait for credit, messages under way with unsent shards, and shards to
 * be repaired. First come, first sent. Confined to one event loop.
 */
final class ClassQueue {

    private static final int SWEEP_AT_LEAST = 64;

    final TrafficClass trafficClass;
    final RepairQueue repairs = new RepairQueue();
    private final ArrayDeque<OutboundMessage> waiting = new ArrayDeque<>();
    private final ArrayDeque<OutboundMessage> unsent = new ArrayDeque<>();
    private int endedWhileWaiting;

    ClassQueue(TrafficClass trafficClass) {
        this.trafficClass = trafficClass;
    }

    void add(OutboundMessage message) {
        waiting.add(message);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Returns whether nothing can be sent before more messages may start. */
    boolean hasNothingStarted() {
        return unsent.isEmpty() && repairs.isEmpty();
    }

    /** Returns the message that is to start next, or {@code null}. */
    @Nullable
    OutboundMessage nextWaiting() {
        for (OutboundMessage message = waiting.peek(); message != null; message = waiting.peek()) {
            if (message.isOpen()) {
                return message;
            }
            waiting.poll();
        }
        return null;
    }

    void pollWaiting() {
        waiting.poll();
    }

    /** Returns the started message of which a shard is to leave next, or {@code null}. */
    @Nullable
    OutboundMessage nextUnsent() {
        for (OutboundMessage message = unsent.peek(); message != null; message = unsent.peek()) {
            if (message.isOpen() && !message.isSent()) {
                return message;
            }
            unsent.poll();
        }
        return null;
    }

    void onStarted(OutboundMessage message) {
        unsent.add(message);
    }

    /** A message that may have been sent whole has unsent shards again. */
    void onRenewed(OutboundMessage message) {
        unsent.addFirst(message);
    }

    /** Messages that end while they wait leave their places in the queue empty; swept when half of it is. */
    void onEndedWaiting() {
        if (++endedWhileWaiting > SWEEP_AT_LEAST && 2 * endedWhileWaiting > waiting.size()) {
            waiting.removeIf(message -> !message.isOpen());
            endedWhileWaiting = 0;
        }
    }

    void collectWaiting(List<OutboundMessage> into) {
        into.addAll(waiting);
    }

    void clear() {
        waiting.clear();
        unsent.clear();
        repairs.clear();
    }
}
