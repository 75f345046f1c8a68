package io.foreshard.stackvirt.engine.inprocess;

import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Empties rings on an event loop: in batches, looking again for a while when they are empty, and parked until it is woken after that. Nothing
 * is missed: who fills a ring looks whether the drain is parked after that, and the drain looks into the rings after it is.
 */
final class RingDrain implements Runnable {

    /** After so many messages, others get their turn on the event loop. */
    private static final int TURN = 256;

    private static final VarHandle PARKED;

    static {
        try {
            PARKED = MethodHandles.lookup().findVarHandle(RingDrain.class, "parked", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final EventLoop loop;
    private final Work work;
    private final int spin;
    private volatile boolean parked = true;

    /** What is to be done. */
    interface Work {

        /** Takes some messages, and returns how many there were; 0 if none may be taken now. */
        int drain();

        /** Returns whether a message could be taken. */
        boolean isReady();
    }

    RingDrain(EventLoop loop, int spin, Work work) {
        this.loop = loop;
        this.spin = spin;
        this.work = work;
    }

    /** A ring was filled, or may be emptied again; any thread. */
    void wake() {
        VarHandle.fullFence();
        if (parked && PARKED.compareAndSet(this, true, false)) {
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        int idle = 0;
        int done = 0;
        while (true) {
            int taken = work.drain();
            if (taken > 0) {
                idle = 0;
                done += taken;
                if (done >= TURN) {
                    loop.execute(this);
                    return;
                }
            } else if (idle++ < spin) {
                Thread.onSpinWait();
            } else {
                parked = true;
                if (!work.isReady() || !PARKED.compareAndSet(this, true, false)) {
                    return;
                }
                idle = 0;
            }
        }
    }
}
