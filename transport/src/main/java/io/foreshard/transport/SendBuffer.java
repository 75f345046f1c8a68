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

    private final long lowBytes;
    private final long highBytes;
    private final long maxBytes;
    private final AtomicLong pendingBytes = new AtomicLong();
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

    /** Reserves room, from any thread; returns false when there is none. */
    boolean tryReserve(long bytes) {
        long pending = pendingBytes.addAndGet(bytes);
        if (pending > maxBytes && pending != bytes) {
            pendingBytes.addAndGet(-bytes);
            return false;
        }
        return true;
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
        if (pendingBytes.addAndGet(-bytes) <= lowBytes && !writable) {
            writable = true;
            listener.onWritabilityChanged(true);
        }
    }
}
