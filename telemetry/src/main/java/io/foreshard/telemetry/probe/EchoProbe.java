package io.foreshard.telemetry.probe;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the JDK send ICMP echo requests, on an executor, as that blocks. All other state belongs to the loop of the core. */
final class EchoProbe extends CoreProbe {

    private final Executor executor;
    private final Echo echo;
    private final Set<ProbedPath> running = new HashSet<>();
    private volatile @Nullable String unavailable;

    /** Asks a host whether it is there. Blocks. */
    @FunctionalInterface
    interface Echo {
        boolean isAnswered(InetAddress host, int timeoutMillis) throws IOException;
    }

    EchoProbe(ProbeCore core, Executor executor, Echo echo) {
        super(core);
        this.executor = executor;
        this.echo = echo;
    }

    Future<PathProbe> start(Supplier<@Nullable String> missingPermission) {
        Promise<PathProbe> started = core.loop.newPromise();
        try {
            executor.execute(() -> {
                String missing = missingPermission.get();
                core.onLoop(() -> begin(missing, started));
            });
        } catch (RuntimeException refused) {
            core.onLoop(() -> begin("the executor refused to run it: " + refused, started));
        }
        return started;
    }

    private void begin(@Nullable String missing, Promise<PathProbe> started) {
        unavailable = missing;
        if (missing == null) {
            core.start(this::probe);
        } else {
            core.counters.count(ProbeReason.PROBE_UNAVAILABLE);
        }
        started.setSuccess(this);
    }

    private void probe(ProbedPath path) {
        if (!running.add(path)) {
            core.counters.count(ProbeReason.ECHO_NOT_RUN);
            return;
        }
        try {
            executor.execute(() -> ask(path));
        } catch (RuntimeException refused) {
            running.remove(path);
            core.counters.count(ProbeReason.ECHO_NOT_RUN);
        }
    }

    private void ask(ProbedPath path) {
        int timeoutMillis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(core.timeoutNanos));
        long startNanos = core.nowNanos();
        Runnable outcome = () -> core.counters.count(ProbeReason.PROBE_NOT_SENT);
        try {
            boolean answered = echo.isAnswered(path.target().getAddress(), timeoutMillis);
            long nowNanos = core.nowNanos();
            outcome = answered
                    ? () -> core.answered(path, nowNanos - startNanos, nowNanos)
                    : () -> core.lost(path, nowNanos);
        } catch (IOException | RuntimeException notSent) {
            // Counted below, as what could not be sent.
        } finally {
            finish(path, outcome);
        }
    }

    private void finish(ProbedPath path, Runnable outcome) {
        core.onLoop(() -> {
            running.remove(path);
            if (!core.isStopped()) {
                outcome.run();
            }
        });
    }

    @Override
    public @Nullable String unavailable() {
        return unavailable;
    }
}
