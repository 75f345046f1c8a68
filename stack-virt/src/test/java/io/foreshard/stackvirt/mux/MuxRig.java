package io.foreshard.stackvirt.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.stackvirt.spi.StackId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A multiplexer of one kind in virtual time, with fake stacks. Remembers the result of each message. */
final class MuxRig implements AutoCloseable {

    static final String KIND = "dns";
    static final int PROTOCOL = 53;

    final Simulation simulation;
    final EventLoop loop;
    final EventLoop routers;
    final CountingAllocator allocator = new CountingAllocator();
    final List<String> demands = new ArrayList<>();
    final Map<Long, List<MessageResult>> results = new LinkedHashMap<>();
    final List<FakeStack> stacks = new ArrayList<>();
    final Multiplexer multiplexer;
    final StackSet set;
    final Port port;

    private final Seen seen = new Seen();
    private long messages;
    private long stackNumbers;

    MuxRig(long seed, UnaryOperator<KindSettings.Builder> settings) {
        this(seed, settings, UnaryOperator.identity());
    }

    MuxRig(
            long seed,
            UnaryOperator<KindSettings.Builder> settings,
            UnaryOperator<MultiplexerBuilder> multiplexerSettings) {
        simulation = new Simulation(seed);
        SimulatedNode node = simulation.addNode("10.0.0.1", 2);
        loop = node.eventLoops().get(0);
        routers = node.eventLoops().get(1);
        multiplexer = multiplexerSettings
                .apply(Multiplexer.builder(loop)
                        .seed(seed)
                        .traffic(seen)
                        .demand((kind, waiting, cold) -> demands.add(kind + " " + waiting + (cold ? " cold" : "")))
                        .kind(settings.apply(KindSettings.builder(KIND, PROTOCOL))
                                .build()))
                .build();
        set = multiplexer.stacks(KIND);
        port = multiplexer.port(routers, 100_000);
    }

    /** Adds a stack that is not open yet. */
    FakeStack coming() {
        FakeStack stack = new FakeStack(new StackId("test", KIND, ++stackNumbers), set, loop);
        stacks.add(stack);
        return stack;
    }

    FakeStack stack() {
        FakeStack stack = coming();
        onLoop(stack::open);
        return stack;
    }

    /** Sends a message that holds its own number; returns the number. */
    long send(Port from, int protocol, long source, int bytes, Duration patience) {
        long number = messages++;
        ByteBuf message = allocator.buffer(Math.max(bytes, Long.BYTES)).writeLong(number);
        message.writeZero(Math.max(0, bytes - Long.BYTES));
        results.put(number, new ArrayList<>());
        from.send(
                protocol,
                source,
                2,
                message,
                simulation.nowNanos() + patience.toNanos(),
                result -> take(number, result));
        return number;
    }

    long send(Duration patience) {
        return send(port, PROTOCOL, 1, 64, patience);
    }

    long sendFrom(long source, Duration patience) {
        return send(port, PROTOCOL, source, 64, patience);
    }

    private void take(long number, MessageResult result) {
        results.get(number).add(result);
        if (result instanceof MessageResult.Reply reply) {
            assertEquals(number, reply.message().getLong(0), "the answer to another message");
            reply.message().release();
        }
    }

    MessageResult result(long number) {
        List<MessageResult> all = results.get(number);
        assertEquals(1, all.size(), () -> "results of message " + number + ": " + all);
        return all.get(0);
    }

    boolean isAnswered(long number) {
        return result(number) instanceof MessageResult.Reply;
    }

    boolean isOpen(long number) {
        return results.get(number).isEmpty();
    }

    static MessageResult refused(MuxReason reason, boolean sent) {
        return new MessageResult.Refused(reason, sent);
    }

    long count(MuxReason reason) {
        return multiplexer.counts().get(reason);
    }

    void onLoop(Runnable action) {
        loop.execute(action);
        simulation.runFor(Duration.ofNanos(1000));
    }

    void runFor(Duration duration) {
        simulation.runFor(duration);
    }

    /** Each message has one result, and everything was given back. */
    @Override
    public void close() {
        multiplexer.close();
        runFor(Duration.ofMillis(1));
        assertEquals(
                List.of(),
                results.keySet().stream()
                        .filter(each -> results.get(each).size() != 1)
                        .map(each -> each + ": " + results.get(each))
                        .toList(),
                () -> set.statistics() + " " + multiplexer.counts());
        assertEquals(List.of(), seen.underWay);
        assertEquals(0, port.outstanding());
        stacks.forEach(stack -> assertTrue(stack.isClosed || !stack.events.isEmpty() || stack.queued() == 0));
        stacks.forEach(FakeStack::close);
        KindStatistics statistics = set.statistics();
        assertEquals(
                statistics.messages(),
                statistics.replies() + statistics.timedOut() + statistics.refused(),
                statistics::toString);
        assertEquals(0, statistics.waitingBytes());
        assertEquals(0, statistics.waiting() + statistics.sent());
        allocator.assertAllReleased();
        simulation.close();
    }

    /** Messages that were seen to come and have no result, by what is known of them. */
    private static final class Seen implements TrafficListener {

        final List<List<Long>> underWay = new ArrayList<>();

        @Override
        public void onMessage(int protocol, long source, long destination, int bytes, long nowNanos) {
            underWay.add(List.of((long) protocol, source, destination, (long) bytes));
        }

        @Override
        public void onResult(int protocol, long source, long destination, int bytes, long nowNanos) {
            assertTrue(
                    underWay.remove(List.of((long) protocol, source, destination, (long) bytes)),
                    "a result of what was not seen");
        }
    }
}
