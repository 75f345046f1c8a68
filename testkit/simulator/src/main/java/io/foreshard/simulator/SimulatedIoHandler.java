package io.foreshard.simulator;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/** Serves the simulated sockets of one loop, in the order in which they became ready. */
final class SimulatedIoHandler implements IoHandler {

    private final Runnable wakeup;
    private final Set<SimulatedRegistration> registrations = new LinkedHashSet<>();
    private final Queue<SimulatedRegistration> ready = new ArrayDeque<>();

    SimulatedIoHandler(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    @Override
    public int run(IoHandlerContext context) {
        int served = ready.size();
        for (int i = 0; i < served; i++) {
            ready.remove().serve();
        }
        if (context.shouldReportActiveIoTime()) {
            context.reportActiveIoTime(0);
        }
        return served;
    }

    @Override
    public void prepareToDestroy() {
        new ArrayList<>(registrations).forEach(SimulatedRegistration::close);
    }

    @Override
    public IoRegistration register(IoHandle handle) {
        SimulatedRegistration registration = new SimulatedRegistration(this, (SimulatedIoHandle) handle);
        registrations.add(registration);
        return registration;
    }

    @Override
    public void wakeup() {
        wakeup.run();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return SimulatedIoHandle.class.isAssignableFrom(handleType);
    }

    void enqueue(SimulatedRegistration registration) {
        ready.add(registration);
        wakeup.run();
    }

    void remove(SimulatedRegistration registration) {
        registrations.remove(registration);
    }
}
