package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.stackvirt.manager.KindReport;
import io.foreshard.stackvirt.manager.StackPhase;
import io.foreshard.stackvirt.manager.StackStatus;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import io.foreshard.stackvirt.virtualizer.StackReading;
import io.foreshard.stackvirt.virtualizer.StackVirtualizer;
import io.foreshard.stackvirt.virtualizer.StackVirtualizerBuilder;
import io.foreshard.stackvirt.virtualizer.VirtualizedKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A policy with its own stacks and a port. Confined to the loop of the replay, once it is open. */
final class Contender {

    private static final int MOST_OUTSTANDING = 1 << 16;
    private static final double LIKELY = 0.9;
    private static final double UNLIKELY = 0.1;

    private final Policy policy;
    private final Settings settings;
    private final Quarters quarters;
    private final StackVirtualizer virtualizer;
    private final Port port;
    private final List<Sample> samples = new ArrayList<>();
    private final int[] outstanding = new int[Protocol.values().length];
    private final int[] peaks = new int[Protocol.values().length];
    private final Map<Timetable.Day, Long> exposedOn = new EnumMap<>(Timetable.Day.class);
    private long[] waits = new long[1024];
    private int answered;
    private long sent;
    private long unanswered;
    private long wrong;
    private long starts;
    private double megabyteSeconds;

    Contender(Policy policy, Settings settings, Quarters quarters, StackVirtualizerBuilder builder, EventLoop loop) {
        this.policy = policy;
        this.settings = settings;
        this.quarters = quarters;
        for (Protocol protocol : Protocol.values()) {
            builder.kind(
                    settings.spec(protocol, quarters.source(protocol)), Settings.messages(protocol), Settings.BOUNDS);
        }
        quarters.engines().forEach(builder::engine);
        virtualizer = builder.build();
        port = virtualizer.port(loop, MOST_OUTSTANDING);
    }

    static StackVirtualizerBuilder builder(Policy policy, Duration keep, EventLoop loop, Duration coldStart) {
        return StackVirtualizer.builder(policy.owner(), loop)
                .scaler(policy.scaler(keep))
                .firstStart(coldStart)
                .wallMillis(() -> Timetable.BEGIN_MILLIS);
    }

    Policy policy() {
        return policy;
    }

    CompletionStage<Void> open() {
        return virtualizer.open();
    }

    /** All messages that have no result yet get one. */
    CompletionStage<Void> stop() {
        return virtualizer.stop();
    }

    void send(Planned planned) {
        Protocol protocol = planned.protocol();
        long begin = virtualizer.nowNanos();
        sent++;
        int now = ++outstanding[protocol.ordinal()];
        peaks[protocol.ordinal()] = Math.max(peaks[protocol.ordinal()], now);
        port.send(
                protocol.port(),
                planned.source(),
                planned.destination(),
                Unpooled.copiedBuffer(planned.message()),
                begin + Settings.PATIENCE.toNanos(),
                result -> take(planned, begin, result));
    }

    private void take(Planned planned, long begin, MessageResult result) {
        outstanding[planned.protocol().ordinal()]--;
        if (!(result instanceof MessageResult.Reply reply)) {
            unanswered++;
            return;
        }
        try {
            wrong += fits(planned, reply.message()) ? 0 : 1;
        } finally {
            reply.message().release();
        }
        if (answered == waits.length) {
            waits = Arrays.copyOf(waits, 2 * answered);
        }
        waits[answered++] = (virtualizer.nowNanos() - begin) / 1_000_000;
    }

    /** Whether an answer is one to the query, or a BGP message. */
    private static boolean fits(Planned planned, ByteBuf reply) {
        if (planned.protocol() == Protocol.BGP) {
            return reply.readableBytes() >= 19 && reply.getLong(reply.readerIndex()) == -1;
        }
        return reply.readableBytes() >= 12
                && reply.getByte(reply.readerIndex()) == planned.message().get(0)
                && reply.getByte(reply.readerIndex() + 1) == planned.message().get(1)
                && reply.getByte(reply.readerIndex() + 2) < 0;
    }

    long outstanding() {
        return Arrays.stream(outstanding).sum();
    }

    /** Looks at everything; once a second of the replay. */
    Sample look(long atMillis) {
        double before = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).seconds();
        Map<Protocol, KindSample> kinds = new EnumMap<>(Protocol.class);
        for (VirtualizedKind kind : virtualizer.report()) {
            Protocol protocol = kind.kind().equals(Protocol.DNS.kind()) ? Protocol.DNS : Protocol.BGP;
            kinds.put(protocol, look(kind, protocol));
        }
        Arrays.fill(peaks, 0);
        double megabytes =
                kinds.values().stream().mapToDouble(KindSample::megabytes).sum();
        megabyteSeconds += megabytes * (atMillis / 1000.0 - before);
        long exposed = kinds.values().stream().mapToLong(KindSample::exposed).sum();
        long counted = exposedOn.values().stream().mapToLong(Long::longValue).sum();
        Timetable timetable = settings.timetable();
        exposedOn.merge(timetable.kindAt(Math.min(atMillis, timetable.endMillis()) - 1), exposed - counted, Long::sum);
        Sample sample = new Sample(
                atMillis / 1000.0, megabyteSeconds, virtualizer.gate().reason().isOpen(), kinds);
        samples.add(sample);
        return sample;
    }

    private KindSample look(VirtualizedKind kind, Protocol protocol) {
        KindReport stacks = kind.stacks();
        int running = stacks.count(StackPhase.RUNNING);
        int starting = 0;
        for (StackStatus stack : stacks.stacks()) {
            starts = Math.max(starts, stack.id().number());
            starting += isStarting(stack) ? 1 : 0;
        }
        int frozen = stacks.count(StackPhase.FROZEN);
        int created = (int) stacks.stacks().stream()
                .filter(stack -> stack.goal() == Readiness.CREATED && stack.phase() == StackPhase.CREATED)
                .count();
        int rests = stacks.stacks().size() - running - starting - frozen - created;
        double known = 0;
        int unknown = (int) stacks.stacks().stream()
                .filter(stack -> holdsMemory(stack.phase()))
                .count();
        for (StackReading reading : kind.readings()) {
            if (reading.memoryBytes() > 0) {
                known += reading.memoryBytes() / 1e6;
                unknown--;
            }
        }
        TrafficOutlook outlook = kind.plan().view().outlook();
        int needed = (Math.max(peaks[protocol.ordinal()], outstanding[protocol.ordinal()]) + Settings.MAX_IN_FLIGHT - 1)
                / Settings.MAX_IN_FLIGHT;
        return new KindSample(
                running,
                starting,
                frozen,
                created,
                rests,
                needed,
                foretold(outlook, LIKELY),
                foretold(outlook, UNLIKELY),
                kind.messages().waiting(),
                kind.messages().exposed(),
                known + Math.max(0, unknown) * quarters.megabytes());
    }

    private static boolean isStarting(StackStatus stack) {
        return switch (stack.phase()) {
            case CREATED -> stack.goal() != Readiness.CREATED;
            case NEW, CREATING, STARTING, CHECKING, IDLE, THAWING -> true;
            case RUNNING, DRAINING, FREEZING, FROZEN, DESTROYING, DESTROYED -> false;
        };
    }

    private static boolean holdsMemory(StackPhase phase) {
        return switch (phase) {
            case STARTING, CHECKING, IDLE, RUNNING, DRAINING, FREEZING, FROZEN, THAWING -> true;
            case NEW, CREATING, CREATED, DESTROYING, DESTROYED -> false;
        };
    }

    private static int foretold(TrafficOutlook outlook, double probability) {
        int stacks = 0;
        while (stacks < outlook.stacks() && outlook.probability(stacks + 1) >= probability) {
            stacks++;
        }
        return stacks;
    }

    Sample last() {
        return samples.get(samples.size() - 1);
    }

    boolean hasSamples() {
        return !samples.isEmpty();
    }

    Outcome outcome() {
        return new Outcome(
                policy,
                samples,
                sent,
                answered - wrong,
                unanswered,
                wrong,
                starts,
                Waits.ofMillis(Arrays.copyOf(waits, answered)),
                exposedOn,
                virtualizer.report().stream().map(kind -> kind.plan().explain()).toList());
    }
}
