package io.foreshard.transport;

import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.Reason;
import io.foreshard.reassembler.Reassembler;
import io.foreshard.reassembler.ReassemblyReason;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.SkillGate;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.CloseReason;
import io.foreshard.shardcodec.Hello;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.WireReason;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of one event loop: its sessions, timers, reassembler and codecs. Packets come in from a channel, sessions are served once
 * for all packets read together, and one Netty timer wakes the loop for the soonest deadline.
 */
final class SessionLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    private static final long TICK_NANOS = 100_000L;
    private static final long PACING_QUANTUM_NANOS = 1_000_000L;
    private static final int MAX_SERVICE_ROUNDS = 4;

    private final EventLoop executor;
    private final LoopClock clock;
    private final TransportConfig config;
    private final SessionListener listener;
    private final ClassSinks classSinks;
    private final int index;
    private final int maxSessions;
    private final ReasonCounters<TransportReason> counters;
    private final ReasonCounters<WireReason> wireCounters;
    private final ReasonCounters<GateReason> gateCounters;
    private final PacketReader reader = new PacketReader();
    private final PacketWriter writer = new PacketWriter();
    private final AckFrame inboundAck = new AckFrame();
    private final AckFrame outboundAck = new AckFrame();
    private final TimerWheel timers;
    private final Reassembler reassembler;
    private final SessionRegistry sessions;
    private final Responder responder;
    private final ArrayDeque<SessionEngine> dirty = new ArrayDeque<>();
    private final Runnable serveTask = this::serveFromTask;
    private final Runnable alarmTask = this::onAlarm;
    private boolean serveQueued;
    private @Nullable ScheduledFuture<?> alarm;
    private long alarmNanos = Long.MAX_VALUE;
    private boolean closed;

    /**
     * Makes a loop, on any thread before its event loop sees it.
     *
     * @param classSinks where marked classes leave
     * @param loops how many loops share the configured memory and sessions
     */
    SessionLoop(
            EventLoop executor,
            ByteBufAllocator allocator,
            TransportConfig config,
            SessionListener listener,
            ClassSinks classSinks,
            byte[] cookieSecret,
            int index,
            int loops) {
        this.executor = executor;
        this.clock = new LoopClock(executor);
        this.config = config;
        this.listener = listener;
        this.classSinks = classSinks;
        this.index = index;
        this.maxSessions = Math.max(1, config.maxSessions / loops);
        this.counters = new ReasonCounters<>(TransportReason.class, config.observer);
        this.wireCounters = new ReasonCounters<>(WireReason.class, config.observer);
        this.gateCounters = new ReasonCounters<>(GateReason.class, config.observer);
        SessionSecrets keys = SessionSecrets.draw(config.random, index);
        this.sessions = new SessionRegistry(maxSessions, config.maxSessionsPerAddress, keys);
        this.timers = new TimerWheel(clock.nowNanos(), TICK_NANOS);
        this.reassembler = config.reassembler(loops)
                .allocator(allocator)
                .hashKeys(keys.hashKey0(), keys.hashKey1())
                .build(clock.nowNanos());
        CookieMint mint = new CookieMint(cookieSecret);
        this.responder = new Responder(mint, writer, config.acceptDestination, sessions, this::accept, counters);
    }

    EventLoop executor() {
        return executor;
    }

    TransportConfig config() {
        return config;
    }

    SessionListener listener() {
        return listener;
    }

    ClassSinks classSinks() {
        return classSinks;
    }

    ReasonCounters<TransportReason> counters() {
        return counters;
    }

    ReasonCounters<WireReason> wireCounters() {
        return wireCounters;
    }

    PacketWriter writer() {
        return writer;
    }

    AckFrame inboundAck() {
        return inboundAck;
    }

    AckFrame outboundAck() {
        return outboundAck;
    }

    TimerWheel timers() {
        return timers;
    }

    Reassembler reassembler() {
        return reassembler;
    }

    long nowNanos() {
        return clock.nowNanos();
    }

    long pacingQuantumNanos() {
        return PACING_QUANTUM_NANOS;
    }

    int pathMtuBytes(Carrier carrier) {
        return carrier == Carrier.STREAM ? WireFormat.MAX_STREAM_PACKET_BYTES : config.pathMtuBytes;
    }

    int maxPacketBytes(Carrier carrier) {
        return carrier == Carrier.STREAM ? WireFormat.MAX_STREAM_PACKET_BYTES : config.receiveBufferBytes();
    }

    /** Runs an action on the loop: at once when there already, else as a task. */
    void run(Runnable action) {
        if (executor.inEventLoop()) {
            action.run();
        } else {
            executor.execute(action);
        }
    }

    /** Lets the application's listener hear of something, and survives its faults. */
    void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            counters.count(TransportReason.LISTENER_FAILED);
            LOG.warn("The listener of a session failed", fault);
        }
    }

    /** Returns a gate for the forecasts of one subject, whose changes are counted. */
    SkillGate gate(String subject) {
        return config.gate(subject, this::onGate);
    }

    private void onGate(String subject, GateReport report) {
        gateCounters.count(report.reason());
        tell(() -> config.gateListener.onGate(subject, report));
    }

    /** Opens a session to a peer; call on the loop. */
    SessionEngine connect(PacketSink sink, SocketAddress remote, @Nullable InetSocketAddress destination) {
        long now = nowNanos();
        SessionEngine session = new SessionEngine(this, drawSecrets(), sink, remote, destination, now);
        if (closed) {
            session.close("closed here", null);
        } else if (!sessions.mayConnect() || !session.receiver.open(now)) {
            session.close("as many sessions as the configuration allows", null);
        } else {
            sessions.add(session);
            session.initiate(now);
            arm();
        }
        return session;
    }

    private @Nullable SessionEngine accept(Hello hello, SocketAddress from, PacketSink sink, long nowNanos) {
        if (closed || !sink.isFree() || !sessions.mayAccept(from)) {
            return null;
        }
        SessionEngine session = new SessionEngine(this, drawSecrets(), sink, from, hello.destination(), nowNanos);
        if (!session.receiver.open(nowNanos)) {
            return null;
        }
        session.acceptedFrom(hello.sessionId());
        sessions.add(session);
        session.open(hello.sessionId(), hello.limits(), nowNanos);
        return session;
    }

    private SessionSecrets drawSecrets() {
        SessionSecrets secrets = SessionSecrets.draw(config.random, index);
        while (sessions.get(secrets.sessionId()) != null) {
            secrets = SessionSecrets.draw(config.random, index);
        }
        return secrets;
    }

    /** Takes a packet; its ownership stays with the caller. */
    void onPacket(ByteBuf packet, SocketAddress from, PacketSink sink) {
        WireReason refused = reader.read(packet);
        if (refused != null) {
            wireCounters.count(refused);
            return;
        }
        long now = nowNanos();
        if (reader.kind() == PacketKind.HELLO) {
            answer(packet, from, sink, now);
            return;
        }
        SessionEngine session = sessions.get(reader.sessionId());
        if (session == null) {
            counters.count(TransportReason.UNKNOWN_SESSION);
            sink.onStray();
            return;
        }
        try {
            session.onPacket(reader, packet, from, sink, now);
            touch(session);
        } catch (RuntimeException fault) {
            onFault(session, fault);
        }
    }

    /** The application is asked which destinations it serves; its fault costs the HELLO and nothing else. */
    private void answer(ByteBuf packet, SocketAddress from, PacketSink sink, long nowNanos) {
        try {
            responder.onHello(reader, packet, from, sink, nowNanos);
        } catch (RuntimeException fault) {
            counters.count(TransportReason.LISTENER_FAILED);
            LOG.warn("A HELLO could not be answered", fault);
        }
    }

    /** A fault in one session, of ours or of the application's, ends that session and no other. */
    private void onFault(SessionEngine session, RuntimeException fault) {
        counters.count(TransportReason.SESSION_FAULT);
        LOG.warn("A session is closed by a fault in it", fault);
        try {
            session.close("a fault in the session: " + fault, CloseReason.NORMAL);
        } catch (RuntimeException second) {
            LOG.warn("A session could not be closed properly", second);
        }
    }

    /** Marks a session for service, at the end of the packets at hand or in a task of its own. */
    void touch(SessionEngine session) {
        if (session.markDirty()) {
            dirty.add(session);
        }
        if (!serveQueued) {
            serveQueued = true;
            executor.execute(serveTask);
        }
    }

    private void serveFromTask() {
        serveQueued = false;
        serve();
    }

    /** Serves the marked sessions and sets the alarm. */
    void serve() {
        long now = nowNanos();
        advance(now);
        for (int round = 0; round < MAX_SERVICE_ROUNDS && !dirty.isEmpty(); round++) {
            for (int left = dirty.size(); left > 0; left--) {
                serve(dirty.poll(), now);
            }
        }
        arm();
    }

    private void advance(long now) {
        try {
            timers.advance(now);
            reassembler.advance(now);
        } catch (RuntimeException fault) {
            counters.count(TransportReason.SESSION_FAULT);
            LOG.warn("A timer failed", fault);
        }
    }

    private void serve(@Nullable SessionEngine session, long now) {
        if (session == null) {
            return;
        }
        try {
            session.service(now);
            session.flush();
            if (session.hasRoomAgain()) {
                touch(session);
            }
        } catch (RuntimeException fault) {
            onFault(session, fault);
        }
    }

    private void arm() {
        long next = Math.min(timers.nextDeadlineNanos(), reassembler.nextTimerNanos());
        if (closed || next == Long.MAX_VALUE || (alarm != null && alarmNanos - next <= 0)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmNanos = next;
        long delay = Math.max(0, next - nowNanos());
        alarm = executor.schedule(alarmTask, delay, TimeUnit.NANOSECONDS);
    }

    private void onAlarm() {
        alarm = null;
        alarmNanos = Long.MAX_VALUE;
        if (!closed) {
            serve();
        }
    }

    void onOpen(SessionEngine session) {
        tell(() -> listener.onOpen(session.session()));
    }

    void onClosed(SessionEngine session, boolean wasOpen) {
        sessions.remove(session);
        if (wasOpen) {
            tell(() -> listener.onClose(session.session()));
        }
    }

    /** Returns how often each reason was counted, without those that never were. */
    Map<Reason, Long> allCounters() {
        Map<Reason, Long> all = new HashMap<>();
        all.putAll(counters.snapshot());
        all.putAll(wireCounters.snapshot());
        all.putAll(gateCounters.snapshot());
        for (ReassemblyReason reason : ReassemblyReason.values()) {
            all.put(reason, reassembler.count(reason));
        }
        all.values().removeIf(count -> count == 0);
        return all;
    }

    void close(String text) {
        closed = true;
        for (SessionEngine session : sessions.all()) {
            session.close(text, CloseReason.NORMAL);
        }
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
