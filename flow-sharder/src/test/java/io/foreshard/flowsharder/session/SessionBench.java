package io.foreshard.flowsharder.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.spi.StreamScheduler;
import io.foreshard.flowsharder.wire.FrameReader;
import io.foreshard.flowsharder.wire.FrameSink;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Two edges of a session on virtual time, and legs between them with a rate, a delay and faults. */
final class SessionBench implements AutoCloseable {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;
    static final int MOST_QUEUED = 256 * 1024;

    final CountingAllocator allocator = new CountingAllocator();
    final Edge ingress;
    final Edge egress;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::turn));
    private long turn;
    long now = SECOND;

    private record Event(long nanos, long turn, Runnable action) {}

    SessionBench() {
        this(SessionLimits.defaults(), 64 << 20);
    }

    SessionBench(SessionLimits limits, long memoryBytes) {
        this(limits, memoryBytes, new EarliestCompletionFirst());
    }

    SessionBench(SessionLimits limits, long memoryBytes, StreamScheduler scheduler) {
        this(limits, memoryBytes, FlowSchedulers.all(() -> scheduler));
    }

    SessionBench(SessionLimits limits, long memoryBytes, FlowSchedulers schedulers) {
        ingress = new Edge(limits, memoryBytes, schedulers);
        egress = new Edge(limits, memoryBytes, schedulers);
    }

    /** One side. */
    final class Edge implements SessionListener {

        final ReasonCounters<FlowSharderReason> counters =
                new ReasonCounters<>(FlowSharderReason.class, EngineObserver.NOOP);
        final ByteBudget memory;
        final ByteBudget least;
        final Session session;
        final List<RecordingEnd> accepted = new ArrayList<>();
        final List<String> gone = new ArrayList<>();
        final Map<Integer, LegEndReason> reasons = new HashMap<>();
        java.util.function.BiConsumer<RecordingEnd, String> onFlow = (end, target) -> {};
        private final List<Runnable> unread = new ArrayList<>();
        private boolean absent;

        /** It does nothing for a time, then finds all that came meanwhile. */
        void pause(long nanos) {
            absent = true;
            at(now + nanos, () -> {
                absent = false;
                List.copyOf(unread).forEach(Runnable::run);
                unread.clear();
            });
        }

        Edge(SessionLimits limits, long memoryBytes, FlowSchedulers schedulers) {
            memory = new ByteBudget(memoryBytes);
            least = new ByteBudget(memoryBytes);
            SessionSetup setup =
                    new SessionSetup(limits, schedulers, memory, new ByteBudget(memoryBytes), least, counters);
            session = new Session(setup, this, now);
            at(now, this::beat);
        }

        private void beat() {
            if (!session.isClosed()) {
                at(now + (absent ? 10 * MILLI : session.tick(now)), this::beat);
            }
        }

        @Override
        public void onFlow(Flow flow, String target) {
            RecordingEnd end = new RecordingEnd(SessionBench.this, flow);
            accepted.add(end);
            flow.attach(end);
            onFlow.accept(end, target);
        }

        @Override
        public void onLegGone(Leg leg, LegEndReason reason) {
            gone.add(leg.id() + " " + reason);
            reasons.put(leg.id(), reason);
        }

        RecordingEnd open(String target) {
            RecordingEnd end = new RecordingEnd(SessionBench.this, null);
            Flow flow = session.open(target, end, now);
            if (flow == null) {
                throw new IllegalStateException("flows: too many (expected: fewer)");
            }
            end.flow = flow;
            return end;
        }
    }

    /** A leg: a pipe in each direction. */
    final class Line {

        final Pipe forth;
        final Pipe back;

        Line(int id, double bytesPerSecond, long oneWayNanos) {
            forth = new Pipe(bytesPerSecond, oneWayNanos);
            back = new Pipe(bytesPerSecond, oneWayNanos);
            join(ingress, id, forth, back);
            join(egress, id, back, forth);
        }

        private void join(Edge edge, int id, Pipe out, Pipe in) {
            FrameWriter writer = new FrameWriter(allocator);
            writer.key(7 + id);
            Leg leg = edge.session.join(id, out, writer, edge == ingress ? out.delayNanos + in.delayNanos : 0, now);
            in.receiver = edge;
            out.sender = edge;
            in.leg = leg;
            FrameSink sink = edge.session.input(leg);
            in.reader = new FrameReader(allocator, sink);
            in.reader.key(7 + id);
        }

        /** Both ends learn of it after the delay. */
        void kill() {
            forth.reset();
            back.reset();
        }

        void freeze(boolean frozen) {
            forth.freeze(frozen);
            back.freeze(frozen);
        }

        void rate(double bytesPerSecond) {
            forth.bytesPerSecond = bytesPerSecond;
            back.bytesPerSecond = bytesPerSecond;
        }
    }

    /** One direction of a leg. */
    final class Pipe implements LegPort {

        double bytesPerSecond;
        long delayNanos;
        Edge receiver = ingress;
        Edge sender = ingress;

        @Nullable
        Leg leg;

        @Nullable
        FrameReader reader;

        private final List<ByteBuf> waiting = new ArrayList<>();
        private final List<ByteBuf> frozen = new ArrayList<>();
        private long freeNanos;
        private long queuedBytes;
        private boolean closed;
        private boolean isFrozen;
        long carriedBytes;
        java.util.function.UnaryOperator<ByteBuf> fault = piece -> piece;

        Pipe(double bytesPerSecond, long delayNanos) {
            this.bytesPerSecond = bytesPerSecond;
            this.delayNanos = delayNanos;
        }

        @Override
        public void write(ByteBuf frame) {
            if (closed) {
                frame.release();
            } else {
                waiting.add(frame);
                queuedBytes += frame.readableBytes();
            }
        }

        @Override
        public void flush() {
            for (ByteBuf frame : waiting) {
                int length = frame.readableBytes();
                freeNanos = Math.max(freeNanos, now) + (long) (length * 1e9 / bytesPerSecond);
                at(freeNanos, () -> gone(length));
                at(freeNanos + delayNanos, () -> arrive(frame));
            }
            waiting.clear();
        }

        private void gone(int bytes) {
            boolean before = isWritable();
            queuedBytes -= bytes;
            if (!before && isWritable() && !sender.absent) {
                sender.session.onWritable(now);
            }
        }

        @Override
        public boolean isWritable() {
            return !closed && queuedBytes < MOST_QUEUED;
        }

        @Override
        public long waitingBytes() {
            return Math.max(0, queuedBytes - MOST_QUEUED);
        }

        @Override
        public void close() {
            reset();
        }

        @Override
        public void finish() {
            flush();
            at(Math.max(freeNanos, now) + delayNanos, this::end);
            closed = true;
        }

        private void end() {
            if (leg != null) {
                receiver.session.onLegClosed(leg, now);
            }
        }

        void reset() {
            closed = true;
            waiting.forEach(ByteBuf::release);
            waiting.clear();
            at(now + delayNanos, this::end);
        }

        void freeze(boolean stop) {
            isFrozen = stop;
            if (!stop) {
                List<ByteBuf> held = List.copyOf(frozen);
                frozen.clear();
                held.forEach(this::arrive);
            }
        }

        private void arrive(ByteBuf frame) {
            FrameReader taker = reader;
            Leg to = leg;
            if (isFrozen) {
                frozen.add(frame);
            } else if (taker == null || to == null || (closed && !to.isLeaving()) || to.isDead()) {
                frame.release();
            } else if (receiver.absent) {
                receiver.unread.add(() -> arrive(frame));
            } else {
                carriedBytes += frame.readableBytes();
                receiver.session.onRead(now);
                FlowSharderReason reason = taker.read(fault.apply(frame));
                if (reason != null) {
                    receiver.counters.count(reason);
                    receiver.session.onLegFailed(to, LegEndReason.BAD_FRAME, now);
                }
                receiver.session.onReadComplete(to, taker.bytes(), now);
            }
        }

        void free() {
            frozen.forEach(ByteBuf::release);
            frozen.clear();
            if (reader != null) {
                reader.close();
            }
        }
    }

    private final List<Line> lines = new ArrayList<>();

    Line line(int id, double bytesPerSecond, long oneWayNanos) {
        Line line = new Line(id, bytesPerSecond, oneWayNanos);
        lines.add(line);
        return line;
    }

    void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(nanos, now), turn++, action));
    }

    /** Runs until something holds, or for a time at most. */
    boolean until(BooleanSupplier condition, long nanos) {
        long limit = now + nanos;
        while (!condition.getAsBoolean()) {
            Event next = events.peek();
            if (next == null || next.nanos > limit) {
                now = limit;
                return condition.getAsBoolean();
            }
            events.remove();
            now = next.nanos;
            next.action.run();
        }
        return true;
    }

    void run(long nanos) {
        until(() -> false, nanos);
    }

    @Override
    public void close() {
        ingress.session.close(ResetReason.CLOSED, now);
        egress.session.close(ResetReason.CLOSED, now);
        until(events::isEmpty, 3600 * SECOND);
        lines.forEach(line -> {
            line.forth.free();
            line.back.free();
        });
        assertEquals(0, ingress.memory.usedBytes());
        assertEquals(0, egress.memory.usedBytes());
        assertEquals(0, ingress.least.usedBytes());
        assertEquals(0, egress.least.usedBytes());
        allocator.assertAllReleased();
    }
}
