package io.foreshard.simulator;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import java.util.EnumSet;
import java.util.Set;

/** The tie between a simulated socket and its loop. */
final class SimulatedRegistration implements IoRegistration {

    private final SimulatedIoHandler handler;
    private final SimulatedIoHandle handle;
    private final Set<SimulatedIoEvent> pending = EnumSet.noneOf(SimulatedIoEvent.class);
    private boolean valid = true;

    SimulatedRegistration(SimulatedIoHandler handler, SimulatedIoHandle handle) {
        this.handler = handler;
        this.handle = handle;
    }

    /** Has the loop serve the socket in its next turn. */
    void signal(SimulatedIoEvent event) {
        if (valid && pending.add(event) && pending.size() == 1) {
            handler.enqueue(this);
        }
    }

    void serve() {
        SimulatedIoEvent[] events = pending.toArray(new SimulatedIoEvent[0]);
        pending.clear();
        for (SimulatedIoEvent event : events) {
            if (valid) {
                handle.handle(this, event);
            }
        }
    }

    void close() {
        handle.close();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T attachment() {
        throw new UnsupportedOperationException("attachment");
    }

    @Override
    public long submit(IoOps ops) {
        throw new UnsupportedOperationException("submit: " + ops);
    }

    @Override
    public boolean isValid() {
        return valid;
    }

    @Override
    public boolean cancel() {
        boolean was = valid;
        valid = false;
        handler.remove(this);
        return was;
    }
}
