package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.Accept;
import io.foreshard.shardcodec.CloseReason;
import io.foreshard.shardcodec.HandshakeCodec;
import io.foreshard.shardcodec.OutcomeCodec.Rejection;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.PathCodec;
import io.foreshard.shardcodec.SessionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The inside of one session: joins paths, sender and receiver, and sees to it that what is due gets done. Confined to its loop; what
 * other threads may ask for is in {@link Session}.
 *
 * <p>Every event (packets read, a message queued, a timer) ends in one {@link #service}, which looks at all deadlines at once and
 * then sleeps until the next; there are no other timers but those of messages.
 */
final class SessionEngine implements Initiator.Outcome {

    private enum State {
        OPENING,
        OPEN,
        CLOSED
    }

    /** The path that the session was opened on. */
    final Path path;

    final SessionPaths paths = new SessionPaths();
    final MessageReceiver receiver;
    private final SessionLoop loop;
    private final SessionSecrets secrets;
    private final Session session;
    private final @Nullable InetSocketAddress destination;
    private final MessageSender sender;
    private final PathOpener opener;
    final SessionSinks sinks;
    private final SendBuffer buffer;
    private final SessionPulse pulse;
    private final PacketDispatch dispatch;
    private final ReasonCounters<TransportReason> counters;
    private final Promise<ShardSession> opened;
    private final Promise<Void> closed;
    private final Wake wake = new Wake();
    private @Nullable Initiator initiator;
    private volatile State state = State.OPENING;
    private volatile SessionStats stats = SessionStats.NONE;
    private final SocketAddress openedFrom;
    private long initiatorId;
    private boolean dirty;

    /** The one timer of the session itself. */
    private final class Wake extends TimerWheel.Timer {
        @Override
        protected void onExpired(long nowNanos) {
            loop.touch(SessionEngine.this);
        }
    }

    SessionEngine(
            SessionLoop loop,
            SessionSecrets secrets,
            PacketSink sink,
            SocketAddress remote,
            @Nullable InetSocketAddress destination,
            long nowNanos) {
        TransportConfig config = loop.config();
        this.loop = loop;
        this.secrets = secrets;
        this.openedFrom = remote;
        this.destination = destination;
        this.counters = loop.counters();
        this.buffer = new SendBuffer(
                config.lowWatermarkBytes, config.highWatermarkBytes, config.maxPendingBytes, this::tellWritability);
        this.session = new Session(loop, this, buffer, destination);
        ShardPlanner planner = new ShardPlanner(config.shardPolicy, config.planListener, counters);
        this.sender = new MessageSender(paths, planner, loop.timers(), buffer, secrets, this::tellAbandoned, counters);
        this.sinks = new SessionSinks(loop, this);
        this.opener = new PathOpener(loop, paths, sender, sinks);
        this.path = opener.openFirst(sink, remote, nowNanos).path;
        this.receiver =
                new MessageReceiver(session, loop.listener(), loop.reassembler(), paths, loop.outboundAck(), counters);
        this.receiver.whenFeedbackDue(() -> loop.touch(this));
        PathMigration migration = new PathMigration(paths, config.random, counters);
        this.dispatch = new PacketDispatch(this, sender, migration, loop.inboundAck(), counters);
        this.opened = loop.executor().newPromise();
        this.closed = loop.executor().newPromise();
        this.pulse = new SessionPulse(config.planningIntervalNanos, config.idleTimeoutNanos, nowNanos);
    }

    Session session() {
        return session;
    }

    long id() {
        return secrets.sessionId();
    }

    /** Returns the id that the peer chose when it said HELLO; 0 when this side did. */
    long initiatorId() {
        return initiatorId;
    }

    /** Returns the address that the session was opened with. */
    SocketAddress openedFrom() {
        return openedFrom;
    }

    void acceptedFrom(long peerSessionId) {
        initiatorId = peerSessionId;
    }

    void flush() {
        paths.flush();
    }

    /** Returns whether sending stopped only because the channel's buffer was full, and it no longer is. */
    boolean hasRoomAgain() {
        return state == State.OPEN && paths.hasRoomAgain();
    }

    SessionLimits limits() {
        return receiver.limits(loop.config(), loop.maxPacketBytes(path.carrier));
    }

    Future<ShardSession> opened() {
        return opened;
    }

    /** Starts the handshake of an initiator. */
    void initiate(long nowNanos) {
        initiator = new Initiator(
                loop.writer(),
                paths.primary().out.sink(),
                loop.timers(),
                this,
                path.remote(),
                destination,
                limits(),
                id(),
                path.mtuBytes(),
                nowNanos + loop.config().handshakeTimeoutNanos);
        initiator.start(nowNanos);
    }

    @Override
    public void onAccepted(Accept.Session accepted, long rttNanos, long nowNanos) {
        if (rttNanos > 0) {
            path.rtt.onSample(rttNanos, 0, nowNanos);
        }
        open(accepted.sessionId(), accepted.limits(), nowNanos);
    }

    /** Opens the session towards a peer whose limits are known. */
    void open(long peerSessionId, SessionLimits peer, long nowNanos) {
        opener.onOpen(peerSessionId, peer.maxPacketBytes(), nowNanos);
        sender.open(peer);
        state = State.OPEN;
        pulse.onHeard(nowNanos);
        loop.onOpen(this);
        opened.trySuccess(session);
        loop.touch(this);
    }

    /** Takes a new connection, and says on it whose it is. */
    void join(int pathId, StreamConnection connection, long nowNanos) {
        if (state != State.OPEN || paths.find(pathId) != null) {
            connection.leave();
        } else {
            opener.open(pathId, connection, connection.remoteAddress(), SendQueues.ALL_CLASSES, nowNanos)
                    .ping(nowNanos);
            loop.touch(this);
        }
    }

    /** Asks for the round-trip time. */
    void measure(long nowNanos) {
        pulse.onPing(nowNanos);
        paths.primary().ping(nowNanos);
    }

    @Override
    public void onTimeout() {
        close("no answer from " + path.remote(), null);
    }

    void onPacket(PacketReader packet, ByteBuf buffer, SocketAddress from, PacketSink arrivedOn, long nowNanos) {
        PacketKind kind = packet.kind();
        if (kind == PacketKind.ACCEPT) {
            onAccept(packet, buffer, nowNanos);
        } else if (kind == PacketKind.CLOSE && state == State.OPENING) {
            dispatch.onClose(packet, buffer);
        } else if (state != State.OPEN) {
            counters.count(TransportReason.UNKNOWN_SESSION);
        } else {
            SessionPath on = opener.find(packet, from, arrivedOn, nowNanos);
            if (on == null) {
                counters.count(TransportReason.UNKNOWN_PATH);
                arrivedOn.onStray();
            } else {
                onPacket(on, packet, buffer, from, nowNanos);
            }
        }
    }

    private void onPacket(SessionPath on, PacketReader packet, ByteBuf buffer, SocketAddress from, long nowNanos) {
        PacketKind kind = packet.kind();
        if (!on.path.acks.onPacket(packet.packetNumber(), kind.isAckEliciting(), packet.wantsAckNow(), nowNanos)) {
            counters.count(TransportReason.REPLAYED_PACKET);
        } else {
            paths.onHeard(on);
            pulse.onHeard(nowNanos);
            if (kind == PacketKind.SHARD) {
                pulse.onBusy(nowNanos);
            }
            dispatch.onPacket(on, packet, buffer, from, nowNanos);
        }
    }

    private void onAccept(PacketReader packet, ByteBuf buffer, long nowNanos) {
        Accept accept = HandshakeCodec.readAccept(buffer, packet.bodyIndex(), packet.bodyLength());
        if (accept == null) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (initiator != null && state == State.OPENING) {
            initiator.onAccept(accept, nowNanos);
        }
    }

    /** Takes that the peer has ended the session. */
    void onClosedByPeer(CloseReason reason) {
        close("closed by " + path.remote() + ": " + reason, null);
    }

    /** Takes that the system refused a packet as too large. */
    void onTooLarge(int packetBytes) {
        if (state == State.OPEN && paths.onTooLarge(packetBytes)) {
            counters.count(TransportReason.PATH_MTU_FELL);
            sender.onMtuFell(loop.nowNanos());
            loop.touch(this);
        }
    }

    private void tellAbandoned(Rejection rejection) {
        if (state == State.OPEN) {
            receiver.sendRejection(rejection, loop.nowNanos());
        }
    }

    private void tellWritability(boolean writable) {
        loop.tell(() -> loop.listener().onWritabilityChanged(session, writable));
    }

    /** Marks the session for {@link #service}; returns whether it was not marked before. */
    boolean markDirty() {
        boolean first = !dirty;
        dirty = true;
        return first;
    }

    /** Does what is due and sleeps until the next deadline. */
    void service(long nowNanos) {
        dirty = false;
        if (state != State.OPEN) {
            return;
        }
        paths.service(nowNanos);
        if (pulse.nextStepNanos() - nowNanos <= 0) {
            onStep(nowNanos);
            if (state != State.OPEN) {
                return;
            }
        }
        long pumpAgain = paths.pump(nowNanos);
        receiver.flush(nowNanos);
        long deadline = Math.min(paths.deadlineNanos(nowNanos), pulse.nextStepNanos());
        loop.timers().schedule(wake, Math.min(pumpAgain, deadline));
    }

    private void onStep(long nowNanos) {
        publishStats();
        if (pulse.isSilent(nowNanos)) {
            counters.count(TransportReason.PEER_SILENT);
            close("nothing heard from " + path.remote() + " for too long", CloseReason.IDLE);
        } else if (pulse.step(sender.isBusy(), nowNanos)) {
            receiver.onPath();
            paths.onStep(nowNanos);
            pingIfUseful(nowNanos);
        }
    }

    /** A side that only receives still needs a round-trip time; one without credit needs to hear when there is some. */
    private void pingIfUseful(long nowNanos) {
        boolean wanted = pulse.wantsPing(nowNanos) || sender.isBlockedByCredit();
        if (wanted && paths.primary().path.sent.inFlightBytes() == 0) {
            measure(nowNanos);
        }
    }

    private void publishStats() {
        stats = SessionStats.of(paths, buffer);
    }

    /** Queues a message, whose bytes are reserved in the send buffer. */
    void enqueue(ByteBuf message, MessageOptions options, Promise<Void> promise) {
        long now = loop.nowNanos();
        opener.onUse(options.trafficClass(), now);
        sender.send(message, options, promise, now);
        pulse.onBusy(now);
        loop.touch(this);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    SessionStats stats() {
        return stats;
    }

    Future<Void> closed() {
        return closed;
    }

    /** Ends the session; tells the peer when a reason is given. */
    void close(String text, @Nullable CloseReason tellPeer) {
        if (state == State.CLOSED) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        if (wasOpen && tellPeer != null) {
            receiver.flush(loop.nowNanos());
            sayClose(tellPeer, loop.nowNanos());
        }
        state = State.CLOSED;
        publishStats();
        if (initiator != null) {
            initiator.stop();
        }
        loop.timers().cancel(wake);
        sinks.close();
        receiver.close();
        sender.closeAll(text);
        loop.onClosed(this, wasOpen);
        opened.tryFailure(new MessageFailedException(MessageFailedException.Cause.SESSION_CLOSED, text));
        closed.trySuccess(null);
    }

    private void sayClose(CloseReason reason, long nowNanos) {
        SessionPath on = paths.lastHeard();
        ByteBuf packet = on.out.begin(PacketKind.CLOSE, on.path, 1, nowNanos);
        PathCodec.writeClose(packet, reason);
        on.path.sent.addUntracked(nowNanos);
        on.out.finish(on.path, packet);
        paths.flush();
    }
}
