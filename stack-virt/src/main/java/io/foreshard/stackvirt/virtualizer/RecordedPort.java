package io.foreshard.stackvirt.virtualizer;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.mux.ResultHandler;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The port of a virtual router that notes when messages came and ended: the history of this router, from which a later virtualizer learns ({@link StackVirtualizerBuilder#history}). The newest
 * are kept, the others forgotten. May be used by any thread.
 */
public final class RecordedPort implements Port {

    private static final int MOST_KEPT = 1 << 22;

    private final Port port;
    private final int most;
    private final LongSupplier wallMillis;
    private final Deque<PastMessage> ended = new ArrayDeque<>();

    /**
     * Makes one that has noted nothing.
     *
     * @param port takes the messages
     * @param most how many messages are kept, 1…4194304; each takes about 70 bytes
     * @param wallMillis the calendar of the virtualizer, in milliseconds since 1970
     * @throws IllegalArgumentException if out of range
     */
    public RecordedPort(Port port, int most, LongSupplier wallMillis) {
        this.port = port;
        this.most = Checks.inRange("most", most, 1, MOST_KEPT);
        this.wallMillis = wallMillis;
    }

    @Override
    public void send(
            int protocol, long source, long destination, ByteBuf message, long deadlineNanos, ResultHandler handler) {
        int bytes = message.readableBytes();
        long from = wallMillis.getAsLong();
        port.send(protocol, source, destination, message, deadlineNanos, result -> {
            note(new PastMessage(protocol, source, destination, bytes, from, Math.max(from, wallMillis.getAsLong())));
            handler.onResult(result);
        });
    }

    private void note(PastMessage message) {
        synchronized (ended) {
            if (ended.size() == most) {
                ended.remove();
            }
            ended.add(message);
        }
    }

    /** Returns the messages that have ended, of those that are kept; the one that came first is the first. */
    public List<PastMessage> history() {
        List<PastMessage> all;
        synchronized (ended) {
            all = new ArrayList<>(ended);
        }
        all.sort(Comparator.comparingLong(PastMessage::fromMillis));
        return all;
    }

    @Override
    public int outstanding() {
        return port.outstanding();
    }

    @Override
    public void close() {
        port.close();
    }
}
