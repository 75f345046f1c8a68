package io.foreshard.stackvirt.engine.inprocess;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.collection.LongObjectHashMap;
import java.util.Queue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** Two rings between the event loop of a link and that of its stack. */
final class InProcessLink implements StackLink, RingDrain.Work {

    private static final int BATCH = 64;

    private final RunningStack stack;
    private final EventLoop loop;
    private final Listener listener;
    private final int mostInFlight;
    private final long mostBytes;
    private final Queue<InProcessMessage> requests;
    private final Queue<InProcessMessage> answers;
    private final RingDrain drain;
    private final LongObjectHashMap<InProcessMessage> messages = new LongObjectHashMap<>();
    private final LongObjectHashMap<InProcessMessage> pings = new LongObjectHashMap<>();
    private long bytesInFlight;
    private boolean refused;
    private volatile boolean closed;

    InProcessLink(RunningStack stack, StackSpec spec, EventLoop loop, int spin, Listener listener) {
        this.stack = stack;
        this.loop = loop;
        this.listener = listener;
        mostInFlight = spec.maxInFlight();
        mostBytes = spec.resources().bufferBytes();
        // As many messages and as many questions: neither ring is ever full.
        requests = new SpscVarHandleArrayQueue<>(2 * mostInFlight);
        answers = new SpscVarHandleArrayQueue<>(2 * mostInFlight);
        drain = new RingDrain(loop, spin, this);
    }

    @Override
    public boolean send(long correlation, ByteBuf message) {
        if (!isWritable() || messages.containsKey(correlation)) {
            message.release();
            refused = true;
            return false;
        }
        InProcessMessage envelope = new InProcessMessage(this, InProcessMessage.Kind.MESSAGE, correlation, message);
        messages.put(correlation, envelope);
        bytesInFlight += envelope.bytes();
        hand(envelope);
        return true;
    }

    @Override
    public boolean ping(long correlation) {
        if (closed || pings.size() >= mostInFlight || pings.containsKey(correlation)) {
            return false;
        }
        InProcessMessage envelope =
                new InProcessMessage(this, InProcessMessage.Kind.PING, correlation, Unpooled.EMPTY_BUFFER);
        pings.put(correlation, envelope);
        hand(envelope);
        return true;
    }

    private void hand(InProcessMessage envelope) {
        requests.add(envelope);
        stack.wake();
    }

    @Override
    public boolean isWritable() {
        return !closed && messages.size() < mostInFlight && bytesInFlight < mostBytes;
    }

    /** Returns the next message for the stack, or null; on the loop of the stack. */
    @Nullable
    InProcessMessage nextRequest() {
        return requests.poll();
    }

    boolean hasRequest() {
        return !requests.isEmpty();
    }

    /** Takes back a message that was answered; on the loop of the stack. */
    void giveBack(InProcessMessage message) {
        answers.add(message);
        // A link that was closed meanwhile still empties its ring.
        drain.wake();
    }

    @Override
    public int drain() {
        int taken = 0;
        InProcessMessage message = answers.poll();
        while (message != null) {
            tell(message);
            taken++;
            message = taken < BATCH ? answers.poll() : null;
        }
        if (taken > 0 && refused && isWritable()) {
            refused = false;
            listener.onWritable();
        }
        return taken;
    }

    @Override
    public boolean isReady() {
        return !answers.isEmpty();
    }

    private void tell(InProcessMessage message) {
        ByteBuf answer = message.takeAnswer();
        if (closed) {
            if (answer != null) {
                answer.release();
            }
        } else if (message.kind() == InProcessMessage.Kind.PING) {
            pings.remove(message.correlation());
            listener.onPong(message.correlation());
        } else {
            messages.remove(message.correlation());
            bytesInFlight -= message.bytes();
            if (answer == null) {
                listener.onError(message.correlation());
            } else {
                listener.onReply(message.correlation(), answer);
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stack.forget(this);
            messages.values().forEach(InProcessMessage::releaseContent);
            messages.clear();
            pings.clear();
            // As with other engines, not from within a call of who closes it.
            loop.execute(() -> listener.onClosed(StackFailure.EXITED));
        }
    }

    /** The stack has ended; any thread. */
    void stackEnded() {
        loop.execute(this::close);
    }
}
