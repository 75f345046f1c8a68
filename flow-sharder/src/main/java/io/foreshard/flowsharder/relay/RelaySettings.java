package io.foreshard.flowsharder.relay;

import io.foreshard.coreapi.EngineObserver;
import io.netty.buffer.ByteBufAllocator;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a relay was built with. */
record RelaySettings(
        RouteKey key,
        RelayMode mode,
        Predicate<InetSocketAddress> allowed,
        long headerTimeoutNanos,
        int connectTimeoutMillis,
        int connectionLimit,
        int readBytes,
        long waitingBytes,
        ByteBufAllocator allocator,
        @Nullable AddressResolverGroup<?> resolver,
        InstantSource clock,
        EngineObserver observer) {}
