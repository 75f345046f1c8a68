package io.foreshard.stackvirt.engine.inprocess;

import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One stack on its event loop, and the links to it. */
final class RunningStack implements RingDrain.Work {

    private static final int BATCH = 64;

    private final StackSpec spec;
    private final EventLoop loop;
    private final RingDrain drain;
    private final List<InProcessLink> links = new CopyOnWriteArrayList<>();
    private @Nullable InProcessStack stack;
    private volatile boolean frozen;
    private volatile boolean ended;

    RunningStack(StackSpec spec, EventLoop loop, int spin) {
        this.spec = spec;
        this.loop = loop;
        drain = new RingDrain(loop, spin, this);
    }

    StackSpec spec() {
        return spec;
    }

    EventLoop loop() {
        return loop;
    }

    /** Begins; on its loop. */
    void begin(InProcessStack made) {
        if (ended) {
            made.close();
        } else {
            stack = made;
        }
    }

    void add(InProcessLink link) {
        links.add(link);
        if (ended) {
            link.stackEnded();
        }
    }

    void forget(InProcessLink link) {
        links.remove(link);
    }

    void wake() {
        drain.wake();
    }

    boolean isFrozen() {
        return frozen;
    }

    /** On its loop: what is being answered now is answered first. */
    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        wake();
    }

    /** Ends it, also when it hangs; any thread. */
    void end() {
        ended = true;
        links.forEach(InProcessLink::stackEnded);
        loop.execute(() -> {
            InProcessStack made = stack;
            stack = null;
            if (made != null) {
                made.close();
            }
        });
    }

    @Override
    public int drain() {
        int taken = 0;
        InProcessStack current = stack;
        if (current == null || frozen || ended) {
            return 0;
        }
        for (InProcessLink link : links) {
            InProcessMessage message = link.nextRequest();
            for (int i = 0; message != null; i++) {
                answer(current, message);
                taken++;
                message = i < BATCH && !frozen && !ended ? link.nextRequest() : null;
            }
        }
        return taken;
    }

    private static void answer(InProcessStack stack, InProcessMessage message) {
        if (message.kind() == InProcessMessage.Kind.PING) {
            message.finish(null);
            return;
        }
        try {
            stack.onMessage(message);
        } catch (Throwable refused) {
            // Whatever it is, it is the fault of the stack, and must not end the event loop of others.
            if (!message.isAnswered()) {
                message.refuse();
            }
        }
    }

    @Override
    public boolean isReady() {
        if (stack == null || frozen || ended) {
            return false;
        }
        for (InProcessLink link : links) {
            if (link.hasRequest()) {
                return true;
            }
        }
        return false;
    }
}
