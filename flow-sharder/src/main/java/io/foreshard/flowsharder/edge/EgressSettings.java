package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.wire.JoinKey;
import io.netty.buffer.ByteBufAllocator;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What an egress was told. */
record EgressSettings(
        JoinKey key,
        Predicate<InetSocketAddress> allowed,
        SessionLimits limits,
        FlowSchedulers schedulers,
        long memoryBytes,
        long joinTimeoutNanos,
        long connectTimeoutNanos,
        int mostSessions,
        int mostJoining,
        ByteBufAllocator allocator,
        AddressResolverGroup<?> resolver,
        InstantSource wallClock,
        RandomGenerator random,
        EngineObserver observer) {}
