package io.foreshard.examples.stacks;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Transports;
import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.examples.stacks.protocol.BgpHandler;
import io.foreshard.examples.stacks.protocol.DnsHandler;
import io.foreshard.stackvirt.engine.inprocess.InProcessEngine;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.worker.StackHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Stacks in this process. Stateless. */
final class LocalQuarters {

    /** What a container with a JVM takes on a small machine. */
    private static final long START_MILLIS = 350;

    private static final double MEGABYTES = 30;

    private LocalQuarters() {}

    static Quarters open(Settings settings, String why, Cleanup cleanup) {
        EventLoopGroup group = Transports.group(2, cleanup);
        StackEngine engine = new SlowStarts(engine(group, settings.workMicros() * 1000L), group, START_MILLIS);
        cleanup.add(engine::close);
        String words = "Stacks run in this process, and are made to take " + START_MILLIS
                + " ms to start and counted as 30 MB, as a container would: " + why + ".";
        return new Quarters(List.of(engine), sources(), START_MILLIS, MEGABYTES, words);
    }

    /**
     * Stacks like others, on a loop whose clock is that of the replay.
     *
     * @param real the others
     * @param coldStart how long one takes to start
     */
    static Quarters pretended(Settings settings, Quarters real, Duration coldStart, EventLoop loop) {
        StackEngine engine =
                new SlowStarts(engine(loop, settings.workMillis() * 1_000_000), loop, coldStart.toMillis());
        return new Quarters(List.of(engine), sources(), real.startMillis(), real.megabytes(), real.words());
    }

    private static StackEngine engine(EventLoopGroup group, long workNanos) {
        Map<Protocol, Supplier<StackHandler>> handlers = new EnumMap<>(Protocol.class);
        handlers.put(Protocol.DNS, () -> new DnsHandler(0));
        handlers.put(Protocol.BGP, () -> new BgpHandler(0));
        var builder = InProcessEngine.builder(group, group);
        handlers.forEach((protocol, handler) ->
                builder.stack(protocol.kind(), (spec, loop) -> new SerialStack(handler.get(), loop, workNanos)));
        return builder.build();
    }

    private static Map<Protocol, StackSource> sources() {
        Map<Protocol, StackSource> sources = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            sources.put(protocol, new StackSource.InProcess(protocol.kind()));
        }
        return sources;
    }
}
