package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.PacketScheduler;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A bottleneck on several event loops, of which one is blocked, broken or gone. */
class BottleneckPartTest {

    private static final double RATE = 100_000;
    private static final int BYTES = 1000;

    /** A channel on an event loop of its own that runs when the test lets it. */
    private static final class Node {
        final EmbeddedChannel channel;
        final BottleneckPart part;

        Node(ShaperBench bench) {
            channel = EmbeddedChannel.builder().ticker(bench.ticker).build();
            channel.pipeline().addLast("shaper", bench.shaper.streamHandler(bench.bottleneck));
            part = part(bench, channel);
        }

        void run() {
            channel.runPendingTasks();
            channel.runScheduledPendingTasks();
        }

        ChannelFuture write() {
            return channel.writeAndFlush(bytes());
        }

        int sent() {
            return channel.outboundMessages().size();
        }
    }

    private static BottleneckPart part(ShaperBench bench, EmbeddedChannel channel) {
        return ((ShapedBottleneck) bench.bottleneck)
                .on(bench.shaper.on(channel.pipeline().context("shaper")));
    }

    private static ByteBuf bytes() {
        return Unpooled.buffer(BYTES).writeZero(BYTES);
    }

    /** Lets time pass for the control loop and the nodes that are not blocked. */
    private static void run(ShaperBench bench, int millis, Node... awake) {
        for (int tenth = 0; tenth < 10 * millis; tenth++) {
            bench.runFor(Duration.ofNanos(100_000));
            for (Node node : awake) {
                node.run();
            }
        }
    }

    private static void close(Node... nodes) {
        for (Node node : nodes) {
            node.channel.finishAndReleaseAll();
        }
    }

    @Test
    void aLoopThatIsBlockedWithoutALimitDoesNotPinTheSharesOfOthers() {
        try (ShaperBench bench = new ShaperBench().stream()) {
            Node blocked = new Node(bench);
            Node early = new Node(bench);
            run(bench, 50, blocked, early);
            bench.rate = RATE;
            run(bench, 50, early);
            Node late = new Node(bench);
            run(bench, 200, early, late);
            for (int index = 0; index < 100; index++) {
                early.write();
                late.write();
            }
            run(bench, 1000, early, late);
            // An equal share is kept for the one that is blocked, the eighth that is divided evenly for the one that is
            // idle.
            int sent = BYTES * (early.sent() + late.sent());
            assertTrue(sent > 0.65 * RATE && sent < 0.75 * RATE, () -> sent + " bytes sent");
            assertTrue(late.sent() > 20, () -> late.sent() + " packets of the one that came late");
            close(blocked, early, late);
        }
    }

    @Test
    void aLoopThatWakesFollowsNoMoreThanAnEqualShareUntilItIsAskedAgain() {
        try (ShaperBench bench = new ShaperBench().stream()) {
            Node blocked = new Node(bench);
            Node awake = new Node(bench);
            run(bench, 50, blocked, awake);
            // This lease, without a limit, finds the loop blocked.
            run(bench, 20, awake);
            bench.rate = RATE;
            run(bench, 300, awake);
            for (int index = 0; index < 200; index++) {
                awake.write();
            }
            run(bench, 50, awake);
            blocked.run();
            for (int index = 0; index < 50; index++) {
                blocked.write();
            }
            assertEquals(1, blocked.sent());
            int before = blocked.sent() + awake.sent();
            run(bench, 200, awake, blocked);
            int sent = BYTES * (blocked.sent() + awake.sent() - before);
            assertTrue(sent <= 0.2 * RATE + 4 * BYTES, () -> sent + " bytes sent");
            assertTrue(blocked.sent() > 2, () -> blocked.sent() + " packets");
            assertTrue(part(bench, bench.channel).heldRate() + awake.part.heldRate() + blocked.part.heldRate()
                    <= RATE * (1 + 1e-9));
            close(blocked, awake);
        }
    }

    @Test
    void aLoopThatIsAlwaysLateIsNotLeftWithoutAShare() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(RATE)) {
            Node late = new Node(bench);
            for (int index = 0; index < 100; index++) {
                late.write();
            }
            for (int turn = 0; turn < 10; turn++) {
                run(bench, 200);
                late.run();
            }
            assertTrue(late.part.heldRate() >= 0.4 * RATE, () -> late.part.heldRate() + " bytes per second");
            assertTrue(late.sent() > 5, () -> late.sent() + " packets");
            close(late);
        }
    }

    @Test
    void aLoopThatCannotBeReachedEndsTheLimitsOfItsBottleneckAndOfNoOther() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1000)) {
            Bottleneck other = bench.shaper.bottleneck("other", ShaperBench.SERVER);
            EmbeddedChannel elsewhere =
                    EmbeddedChannel.builder().ticker(bench.ticker).build();
            elsewhere.pipeline().addLast("shaper", bench.shaper.streamHandler(other));
            bench.runFor(Duration.ofMillis(30));
            elsewhere.runPendingTasks();
            Node near = new Node(bench);
            bench.channel.writeAndFlush(bytes());
            ChannelFuture here = bench.channel.writeAndFlush(bytes());
            near.write();
            ChannelFuture there = near.write();
            run(bench, 20, near);
            assertFalse(here.isDone() || there.isDone());

            broken(bench, () -> new OutOfMemoryError("unable to create native thread"));
            run(bench, 20, near);
            assertTrue(here.isSuccess());
            assertTrue(there.isSuccess());
            assertEquals(1, bench.shaper.count(ShaperReason.FAILED_OPEN));
            assertEquals(DelayCalculator.UNLIMITED, bench.bottleneck.report().rateBytesPerSecond());
            // Steps of the other go on, and connections that come now are served, unshaped.
            assertEquals(1000, other.report().rateBytesPerSecond());
            Node after = new Node(bench);
            for (int index = 0; index < 5; index++) {
                assertTrue(after.write().isSuccess());
            }
            bench.rate = 2000;
            run(bench, 20, near, after);
            assertEquals(2000, other.report().rateBytesPerSecond());
            elsewhere.finishAndReleaseAll();
            close(near, after);
        }
    }

    @Test
    void whatALoopHeldThatIsGoneIsFreeForTheOthers() {
        try (ShaperBench bench = new ShaperBench().stream()) {
            boolean[] gone = new boolean[1];
            BottleneckPart part = stub(bench, gone, () -> gone[0] ? new RejectedExecutionException("gone") : null);
            bench.limitedTo(RATE);
            assertEquals(RATE / 2, part.heldRate());
            assertEquals(RATE / 2, part(bench, bench.channel).heldRate());
            gone[0] = true;
            bench.limitedTo(RATE);
            assertEquals(RATE, part(bench, bench.channel).heldRate());
        }
    }

    @Test
    void whatALoopRefusesIsFreeForTheOthersBeforeItSaysThatItIsShutDown() {
        try (ShaperBench bench = new ShaperBench().stream()) {
            BottleneckPart part = stub(bench, new boolean[1], () -> new RejectedExecutionException("full"));
            bench.limitedTo(RATE);
            for (int index = 0; index < 200; index++) {
                bench.channel.writeAndFlush(bytes());
            }
            bench.runFor(Duration.ofMillis(100));
            assertEquals(0, part.demandBytes());
            assertEquals(RATE * (0.875 + 0.125 / 2), part(bench, bench.channel).heldRate(), 1e-6);
        }
    }

    @Test
    void aLimitThatIsLiftedStaysSoWhateverTheLoopComesToBefore() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1000)) {
            Node slow = new Node(bench);
            run(bench, 30, slow);
            for (int index = 0; index < 10; index++) {
                slow.write();
            }
            assertEquals(1, slow.sent());
            // A lease is under way when the limit is lifted, and the loop answers to it afterwards.
            run(bench, 20);
            bench.shaper.remove(bench.bottleneck);
            run(bench, 20);
            assertEquals(1, slow.sent());
            run(bench, 1, slow);
            assertEquals(10, slow.sent());
            assertTrue(slow.write().isSuccess());
            run(bench, 50, slow);
            assertTrue(slow.write().isSuccess());
            assertEquals(DelayCalculator.UNLIMITED, bench.bottleneck.report().rateBytesPerSecond());
            close(slow);
        }
    }

    @Test
    void controlStepsForgetIdleFlowsOnTimeHoweverManyBottlenecksThereAre() {
        SchedulerConfig config = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 10_000, Duration.ofSeconds(1), 64 << 20, 4 << 20, Duration.ofMillis(5));
        try (ShaperBench bench = new ShaperBench(builder -> builder.scheduler(config))) {
            List<Bottleneck> bottlenecks = new ArrayList<>(List.of(bench.bottleneck));
            for (int index = 1; index < 5; index++) {
                bottlenecks.add(bench.shaper.bottleneck("b" + index, ShaperBench.SERVER));
            }
            bench.with(bench.shaper.datagramHandler(to -> bottlenecks.get(to.getPort() % 5)));
            PacketScheduler scheduler =
                    bench.shaper.on(bench.channel.pipeline().context("shaper")).scheduler();
            for (int port = 1000; port < 2000; port++) {
                bench.channel.writeAndFlush(new DatagramPacket(bytes(), new InetSocketAddress("10.0.0.2", port)));
            }
            assertEquals(1000, scheduler.flows());
            bench.runFor(Duration.ofMillis(900));
            assertEquals(1000, scheduler.flows());
            bench.rate = 1;
            bench.runFor(Duration.ofMillis(20));
            bench.channel.write(new DatagramPacket(bytes(), new InetSocketAddress("10.0.0.2", 5000)));
            ChannelFuture queued =
                    bench.channel.write(new DatagramPacket(bytes(), new InetSocketAddress("10.0.0.2", 5000)));
            bench.runFor(Duration.ofMillis(2500));
            assertFalse(queued.isDone());
            assertEquals(1, scheduler.flows());
        }
    }

    private static void broken(ShaperBench bench, Supplier<@Nullable Throwable> fault) {
        stub(bench, new boolean[1], fault);
    }

    /** Adds a part on a loop whose {@code execute} fails in a way of its own. */
    private static BottleneckPart stub(ShaperBench bench, boolean[] gone, Supplier<@Nullable Throwable> fault) {
        EventLoop real = bench.channel.eventLoop();
        EventLoop loop = (EventLoop) Proxy.newProxyInstance(
                EventLoop.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> {
                    Throwable thrown = method.getName().equals("execute") ? fault.get() : null;
                    if (thrown != null) {
                        throw thrown;
                    }
                    if (method.getName().equals("isShutdown")) {
                        return gone[0];
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        LoopClock clock = new LoopClock(real);
        PacketScheduler scheduler = new PacketScheduler(
                bench.shaper.settings().scheduler(),
                1,
                bench.shaper.settings().observer(),
                clock::nowNanos,
                clock.nowNanos());
        return ((ShapedBottleneck) bench.bottleneck).on(new ShaperLoop(loop, clock, scheduler));
    }
}
