package io.foreshard.transport;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.reassembler.Reassembler;
import io.foreshard.reassembler.ReassemblerBuilder;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.SkillGate;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.WireFormat;
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

    private static final long MAX_U32 = 0xFFFFFFFFL;
    private static final int LEAST_RECEIVE_BYTES = 2048;

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
    final int maxSessionsPerAddress;
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
    final GateMode gateMode;
    final double controlShare;
    final GateListener gateListener;
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
        maxSessionsPerAddress = b.maxSessionsPerAddress;
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
        gateMode = b.gateMode;
        controlShare = b.controlShare;
        gateListener = b.gateListener;
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

    SessionLimits limits(int maxPacketBytes, long creditBytes, int creditMessages) {
        return new SessionLimits(
                maxWireMessageBytes(),
                Math.max(1, Math.min(creditBytes, MAX_U32)),
                Math.max(1, Math.min(creditMessages, maxMessagesPerSession)),
                maxPacketBytes);
    }

    private long maxWireMessageBytes() {
        return Math.min(maxMessageBytes + WireFormat.MESSAGE_TRAILER_BYTES, MAX_U32);
    }

    /** Returns a gate for the forecasts of one subject. */
    SkillGate gate(String subject) {
        return gate(subject, gateListener);
    }

    /** Returns a gate that tells somebody else of its changes. */
    SkillGate gate(String subject, GateListener listener) {
        return new SkillGate(gateMode, controlShare, random.nextLong(), subject, listener);
    }

    /** Returns the length of the buffers that datagrams are read into. */
    int receiveBufferBytes() {
        return Math.max(LEAST_RECEIVE_BYTES, pathMtuBytes + 1);
    }

    /** Returns the settings of the reassembler of one of several loops, which share the memory evenly. */
    ReassemblerBuilder reassembler(int loops) {
        long bytes = reassemblyBytes / loops;
        Checks.require(
                bytes >= reassemblyBytesPerSession,
                "loops",
                loops,
                "reassemblyBytes / loops >= reassemblyBytesPerSession " + reassemblyBytesPerSession);
        return Reassembler.builder()
                .maxBytes(bytes)
                .maxBytesPerSource(reassemblyBytesPerSession)
                .maxMessagesPerSource(maxMessagesPerSession)
                .maxMessageBytes(maxWireMessageBytes())
                .maxSources(2 * Math.max(1, maxSessions / loops))
                .unvalidatedPoolBytes(Math.min(ReassemblerBuilder.DEFAULT_UNVALIDATED_POOL_BYTES, bytes))
                .deliverPartial(deliverPartial)
                .observer(observer);
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
