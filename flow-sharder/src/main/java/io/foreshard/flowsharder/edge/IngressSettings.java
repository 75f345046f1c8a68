package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.wire.JoinKey;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an ingress was told. */
record IngressSettings(
        InetSocketAddress egress,
        String egressName,
        JoinKey key,
        RouteKey routeKey,
        SessionLimits limits,
        FlowSchedulers schedulers,
        long memoryBytes,
        long joinTimeoutNanos,
        long tokenSeconds,
        boolean proxyProtocol,
        ByteBufAllocator allocator,
        InstantSource wallClock,
        RandomGenerator random,
        EngineObserver observer,
        @Nullable TelemetrySource telemetry) {}
