package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.PathProfile;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all probes answer alike, from their core. */
abstract class CoreProbe implements PathProbe {

    final ProbeCore core;

    CoreProbe(ProbeCore core) {
        this.core = core;
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        return core.latest(destination, nowNanos);
    }

    @Override
    public @Nullable PathProfile profile(SocketAddress destination, long nowNanos) {
        return core.profile(destination, nowNanos);
    }

    @Override
    public Map<ProbeReason, Long> counters() {
        return core.counters.snapshot();
    }

    @Override
    public @Nullable String unavailable() {
        return null;
    }

    @Override
    public Future<Void> close() {
        return core.stop();
    }
}
