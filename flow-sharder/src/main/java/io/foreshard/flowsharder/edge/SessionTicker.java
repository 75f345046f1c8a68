package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.session.ResetReason;
import io.foreshard.flowsharder.session.Session;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Calls a session when its clock says so, until it is closed. */
final class SessionTicker implements Runnable {

    private final Session session;
    private final EventLoop loop;
    private final LoopClock clock;

    SessionTicker(Session session, EventLoop loop, LoopClock clock) {
        this.session = session;
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (session.isClosed()) {
            return;
        }
        long pause = session.tick(clock.nowNanos());
        try {
            loop.schedule(this, pause, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            session.close(ResetReason.CLOSED, clock.nowNanos());
        }
    }
}
