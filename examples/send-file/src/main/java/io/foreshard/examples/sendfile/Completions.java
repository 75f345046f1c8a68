package io.foreshard.examples.sendfile;

import io.foreshard.examples.sendfile.TransferResult.Completion;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When messages were due and how long they took; filled by the event loop, read by the main thread. */
final class Completions {

    private final List<Completion> ended;
    private long startNanos;
    private long originNanos;
    private long lastNanos;
    private int watched;
    private int failed;
    private String firstFailure = "";

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
        sent.addListener(future -> onEnd(future.cause(), dueNanos, System.nanoTime()));
    }

    private synchronized void onEnd(@Nullable Throwable failure, long dueNanos, long nowNanos) {
        lastNanos = nowNanos;
        if (failure == null) {
            ended.add(new Completion((dueNanos - originNanos) / 1e9, (nowNanos - dueNanos) / 1e9));
        } else {
            firstFailure = failed++ == 0 ? String.valueOf(failure.getMessage()) : firstFailure;
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

    /** Returns why the first message failed, empty when none did. */
    synchronized String firstFailure() {
        return firstFailure;
    }

    synchronized double seconds() {
        return (lastNanos - startNanos) / 1e9;
    }

    synchronized List<Completion> all() {
        return List.copyOf(ended);
    }
}
