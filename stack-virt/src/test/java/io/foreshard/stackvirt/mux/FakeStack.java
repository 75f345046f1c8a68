package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stack whose link is a queue: answers with what it was sent, after some time, unless it is told to misbehave. */
final class FakeStack implements StackLink, StackEvents {

    final StackId id;
    /** The first eight bytes of each message, in the order in which they came. */
    final List<Long> seen = new ArrayList<>();

    final List<String> events = new ArrayList<>();
    long serviceNanos = 1_000_000;
    boolean hangs;
    boolean refuses;
    boolean isFull;
    boolean takesNothing;
    boolean isClosed;

    private final EventLoop loop;
    private final StackSet set;
    private final StackLink.Listener listener;
    private final Deque<Long> queue = new ArrayDeque<>();
    private final Deque<ByteBuf> bodies = new ArrayDeque<>();
    private boolean busy;

    FakeStack(StackId id, StackSet set, EventLoop loop) {
        this.id = id;
        this.loop = loop;
        this.set = set;
        this.listener = set.add(id, this);
    }

    FakeStack open() {
        set.open(id, this);
        return this;
    }

    StackLink.Listener listener() {
        return listener;
    }

    List<Long> correlations() {
        return List.copyOf(queue);
    }

    int queued() {
        return queue.size();
    }

    @Override
    public boolean send(long correlation, ByteBuf message) {
        if (isClosed || takesNothing) {
            message.release();
            return false;
        }
        seen.add(message.readableBytes() >= Long.BYTES ? message.getLong(message.readerIndex()) : -1);
        queue.add(correlation);
        bodies.add(message);
        serve();
        return true;
    }

    private void serve() {
        if (!busy && !hangs && !queue.isEmpty()) {
            busy = true;
            loop.schedule(this::answer, serviceNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void answer() {
        busy = false;
        if (isClosed || hangs || queue.isEmpty()) {
            return;
        }
        long correlation = queue.remove();
        ByteBuf body = bodies.remove();
        if (refuses) {
            body.release();
            listener.onError(correlation);
        } else {
            listener.onReply(correlation, body);
        }
        serve();
    }

    /** Goes on after it hung. */
    void recover() {
        hangs = false;
        serve();
    }

    /** Ends as a process does that is killed. */
    void exit() {
        if (!isClosed) {
            close();
        }
    }

    @Override
    public boolean ping(long correlation) {
        return !isClosed;
    }

    @Override
    public boolean isWritable() {
        return !isFull;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            queue.clear();
            bodies.forEach(ByteBuf::release);
            bodies.clear();
            loop.execute(() -> listener.onClosed(StackFailure.EXITED));
        }
    }

    @Override
    public void onPong(long correlation) {
        events.add("pong " + correlation);
    }

    @Override
    public void onDrained() {
        events.add("drained");
    }

    @Override
    public void onLie() {
        events.add("lie");
    }

    @Override
    public void onClosed(StackFailure failure) {
        events.add("closed " + failure);
    }
}
