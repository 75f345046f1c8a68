package io.foreshard.jmh.priority;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardSession;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Tells urgent messages from bulk by their length and remembers when each came. */
final class PriorityInbox implements SessionListener {

    private final AtomicLongArray arrivedNanos;
    private final AtomicLong bulkBytes = new AtomicLong();
    private final CountDownLatch missing;

    PriorityInbox(int urgentMessages) {
        arrivedNanos = new AtomicLongArray(urgentMessages);
        missing = new CountDownLatch(urgentMessages);
    }

    @Override
    public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
        if (message.readableBytes() == PriorityContestant.URGENT_BYTES) {
            arrivedNanos.set(message.readInt(), System.nanoTime());
            missing.countDown();
        } else {
            bulkBytes.addAndGet(message.readableBytes());
        }
        message.release();
    }

    long bulkBytes() {
        return bulkBytes.get();
    }

    long arrivedNanos(int message) {
        return arrivedNanos.get(message);
    }

    /** Waits until all urgent messages are there. */
    void awaitAll(long limitNanos) throws IOException {
        boolean all;
        try {
            all = missing.await(limitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            all = false;
        }
        if (!all) {
            throw new IOException(missing.getCount() + " urgent messages missing");
        }
    }
}
