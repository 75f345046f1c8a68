package io.foreshard.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of a session that are not committed and says whether more should be sent. Any thread may add and ask; the session's
 * loop removes.
 */
final class SendBuffer {

    /** Is told when the answer changes. */
    interface Listener {
        void onWritabilityChanged(boolean writable);
    }

    /** Small messages cost more than their bytes: at most one for as many bytes of the limit. */
    private static final int BYTES_PER_MESSAGE = 256;

    private final long lowBytes;
    private final long highBytes;
    private final long maxBytes;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicLong pendingMessages = new AtomicLong();
    private final Listener listener;
    private volatile boolean writable = true;

    SendBuffer(long lowBytes, long highBytes, long maxBytes, Listener listener) {
        this.lowBytes = lowBytes;
        this.highBytes = highBytes;
        this.maxBytes = maxBytes;
        this.listener = listener;
    }

    boolean isWritable() {
        return writable;
    }

    long pendingBytes() {
        return pendingBytes.get();
    }

    /** Reserves room for one message, from any thread; returns false when there is none. */
    boolean tryReserve(long bytes) {
        long pending = pendingBytes.addAndGet(bytes);
        long messages = pendingMessages.incrementAndGet();
        boolean full = pending > maxBytes || messages > maxBytes / BYTES_PER_MESSAGE;
        if (full && messages > 1) {
            release(bytes);
            return false;
        }
        return true;
    }

    private long release(long bytes) {
        pendingMessages.decrementAndGet();
        return pendingBytes.addAndGet(-bytes);
    }

    /** Takes, on the loop, that reserved bytes have been queued. */
    void onQueued() {
        if (writable && pendingBytes.get() > highBytes) {
            writable = false;
            listener.onWritabilityChanged(false);
        }
    }

    /** Releases, on the loop, what was committed or given up. */
    void remove(long bytes) {
        if (release(bytes) <= lowBytes && !writable) {
            writable = true;
            listener.onWritabilityChanged(true);
        }
    }
}
