package io.foreshard.examples.sendfile;

import io.foreshard.examples.sendfile.TransferResult.Completion;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;

/** When messages were due and how long they took; filled by the event loop, read by the main thread. */
final class Completions {

    private final List<Completion> ended;
    private long startNanos;
    private long originNanos;
    private long lastNanos;
    private int watched;
    private int failed;

    Completions(int messages) {
        ended = new ArrayList<>(messages);
    }

    synchronized void start(long nowNanos, long origin) {
        startNanos = nowNanos;
        lastNanos = nowNanos;
        originNanos = origin;
    }

    void watch(Future<Void> sent, long dueNanos) {
        synchronized (this) {
            watched++;
        }
        sent.addListener(future -> onEnd(future.isSuccess(), dueNanos, System.nanoTime()));
    }

    private synchronized void onEnd(boolean committed, long dueNanos, long nowNanos) {
        lastNanos = nowNanos;
        if (committed) {
            ended.add(new Completion((dueNanos - originNanos) / 1e9, (nowNanos - dueNanos) / 1e9));
        } else {
            failed++;
        }
    }

    synchronized int open() {
        return watched - ended.size() - failed;
    }

    synchronized int done() {
        return ended.size();
    }

    synchronized int failed() {
        return failed + open();
    }

    synchronized double seconds() {
        return (lastNanos - startNanos) / 1e9;
    }

    synchronized List<Completion> all() {
        return List.copyOf(ended);
    }
}
