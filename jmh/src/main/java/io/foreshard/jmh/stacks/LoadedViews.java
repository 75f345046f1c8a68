package io.foreshard.jmh.stacks;

import io.foreshard.simulator.Simulation;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.selection.HotColdSelector;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The stacks of multiplexers as they were at their last pick, in the middle of some traffic. */
final class LoadedViews {

    private static final int STACKS = 16;
    private static final int WORKERS = 4;
    private static final double MEAN_NANOS = 10e6;
    private static final long GAP_NANOS = 200_000;

    private LoadedViews() {}

    static List<StacksView> of(int count) {
        List<StacksView> views = new ArrayList<>();
        for (int seed = 0; seed < count; seed++) {
            views.add(of((long) seed));
        }
        return views;
    }

    private static StacksView of(long seed) {
        AtomicReference<StacksView> seen = new AtomicReference<>();
        HotColdSelector selector = HotColdSelector.builder().build();
        StackSelector seeing = (stacks, random) -> {
            seen.set(stacks);
            return selector.pick(stacks, random);
        };
        Random random = new Random(seed);
        Simulation simulation = new Simulation(seed);
        EventLoop loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        Multiplexer multiplexer = Multiplexer.builder(loop)
                .seed(seed)
                .kind(KindSettings.builder("model", 1).selector(() -> seeing).build())
                .build();
        Port port = multiplexer.port(loop, 1 << 16);
        loop.execute(() -> {
            StackSet set = multiplexer.stacks("model");
            for (int i = 0; i < STACKS; i++) {
                new ModelStack(new StackId("model", "model", i + 1), loop, WORKERS, MEAN_NANOS, 1, random).join(set);
            }
            arrive(loop, port, multiplexer);
        });
        // Not closed: the views are looked at afterwards, and nothing runs any more.
        simulation.runFor(Duration.ofMillis(1000 + random.nextInt(100)));
        StacksView view = seen.get();
        if (view == null) {
            throw new IllegalStateException("nothing was picked");
        }
        return view;
    }

    private static void arrive(EventLoop loop, Port port, Multiplexer multiplexer) {
        port.send(1, 1, 2, Unpooled.EMPTY_BUFFER, multiplexer.nowNanos() + 1_000_000_000, LoadedViews::release);
        loop.schedule(() -> arrive(loop, port, multiplexer), GAP_NANOS, TimeUnit.NANOSECONDS);
    }

    private static void release(MessageResult result) {
        if (result instanceof MessageResult.Reply reply) {
            reply.message().release();
        }
    }
}
