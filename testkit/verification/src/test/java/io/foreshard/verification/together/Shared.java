package io.foreshard.verification.together;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.telemetry.probe.TelemetryAgent;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;

/** What all engines share, and where the receiver of messages is to be. */
record Shared(
        EventLoopGroup group, CountingAllocator allocator, TelemetryAgent telemetry, InetSocketAddress receiver) {}
