package io.foreshard.transport;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.runtime.Checks;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.spi.ShardPolicy;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How sessions behave. Immutable, safe for use by several threads, and good for any number of endpoints and handlers.
 */
public final class TransportConfig {

    final ShardPolicy shardPolicy;
    final int pathMtuBytes;
    final long planningIntervalNanos;
    final @Nullable Supplier<? extends Forecaster> forecasters;
    final Executor forecastExecutor;
    final @Nullable TelemetrySource telemetrySource;
    final long maxMessageBytes;
    final long reassemblyBytes;
    final long reassemblyBytesPerSession;
    final int maxMessagesPerSession;
    final int maxSessions;
    final long lowWatermarkBytes;
    final long highWatermarkBytes;
    final long maxPendingBytes;
    final long handshakeTimeoutNanos;
    final long idleTimeoutNanos;
    final boolean deliverPartial;
    final Predicate<InetSocketAddress> acceptDestination;
    final EngineObserver observer;
    final PlanListener planListener;
    final OutlookListener outlookListener;
    final SecureRandom random;

    TransportConfig(TransportConfigBuilder b) {
        shardPolicy = b.shardPolicy;
        pathMtuBytes = b.pathMtuBytes;
        planningIntervalNanos = b.planningInterval.toNanos();
        forecasters = b.forecasters;
        forecastExecutor = b.forecastExecutor;
        telemetrySource = b.telemetrySource;
        maxMessageBytes = b.maxMessageBytes;
        reassemblyBytes = b.reassemblyBytes;
        reassemblyBytesPerSession = b.reassemblyBytesPerSession;
        maxMessagesPerSession = b.maxMessagesPerSession;
        maxSessions = b.maxSessions;
        lowWatermarkBytes = b.lowWatermarkBytes;
        highWatermarkBytes = b.highWatermarkBytes;
        maxPendingBytes = b.maxPendingBytes;
        handshakeTimeoutNanos = b.handshakeTimeout.toNanos();
        idleTimeoutNanos = b.idleTimeout.toNanos();
        deliverPartial = b.deliverPartial;
        acceptDestination = b.acceptDestination;
        observer = b.observer;
        planListener = b.planListener;
        outlookListener = b.outlookListener;
        random = b.random == null ? new SecureRandom() : b.random;
    }

    /** Returns a builder with the documented defaults. */
    public static TransportConfigBuilder builder() {
        return new TransportConfigBuilder();
    }

    /** Returns the default configuration. */
    public static TransportConfig defaults() {
        return builder().build();
    }

    SessionLimits limits(int maxPacketBytes) {
        return new SessionLimits(maxMessageBytes, reassemblyBytesPerSession, maxMessagesPerSession, maxPacketBytes);
    }

    static void check(TransportConfigBuilder b) {
        Checks.require(
                b.lowWatermarkBytes < b.highWatermarkBytes && b.lowWatermarkBytes >= 0,
                "lowWatermarkBytes",
                b.lowWatermarkBytes,
                "0…" + b.highWatermarkBytes + ", below highWatermarkBytes");
        Checks.require(
                b.highWatermarkBytes <= b.maxPendingBytes,
                "highWatermarkBytes",
                b.highWatermarkBytes,
                "<= maxPendingBytes " + b.maxPendingBytes);
        Checks.require(
                b.reassemblyBytesPerSession <= b.reassemblyBytes,
                "reassemblyBytesPerSession",
                b.reassemblyBytesPerSession,
                "<= reassemblyBytes " + b.reassemblyBytes);
        Checks.require(
                2 * b.maxMessageBytes <= b.reassemblyBytesPerSession,
                "maxMessageBytes",
                b.maxMessageBytes,
                "<= half of reassemblyBytesPerSession " + b.reassemblyBytesPerSession
                        + ", as buffers are charged by their capacity");
    }
}
