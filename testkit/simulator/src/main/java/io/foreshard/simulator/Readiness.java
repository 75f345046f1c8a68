package io.foreshard.simulator;

import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A socket's tie to its loop, and whether its application has asked to read. */
final class Readiness {

    private @Nullable SimulatedRegistration registration;
    private boolean readPending;

    void register(EventLoop loop, SimulatedIoHandle handle, ChannelPromise promise) {
        ((IoEventLoop) loop).register(handle).addListener((Future<IoRegistration> future) -> {
            registration = (SimulatedRegistration) future.getNow();
            promise.setSuccess();
        });
    }

    void deregister() {
        if (registration != null) {
            registration.cancel();
        }
    }

    void askToRead() {
        readPending = true;
    }

    void clearReadPending() {
        readPending = false;
    }

    /** Has the loop serve a socket that has news, if the application wants them. */
    void signalReadable(boolean autoRead) {
        if (readPending || autoRead) {
            signal(SimulatedIoEvent.READ);
        }
    }

    void signal(SimulatedIoEvent event) {
        if (registration != null) {
            registration.signal(event);
        }
    }
}
