package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.foreshard.flowsharder.wire.LegFormat;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The far end of a leg: waits for a token, and answers it on the event loop of its session. */
final class AcceptedLeg extends LegChannel {

    private final EgressSettings settings;
    private final EgressSessions sessions;
    private final Strangers strangers;
    private boolean asked;

    AcceptedLeg(Channel channel, EgressSettings settings, EgressSessions sessions, EgressLoop loop) {
        super(channel, loop.counters(), loop.clock());
        this.settings = settings;
        this.sessions = sessions;
        strangers = loop.strangers();
        reader.sink(new BeforeJoin() {
            @Override
            public @Nullable FlowSharderReason onJoin(JoinToken token) {
                return ask(token);
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        strangers.add(this, channel.remoteAddress());
        channel.eventLoop().schedule(this::giveUp, settings.joinTimeoutNanos(), TimeUnit.NANOSECONDS);
    }

    private void giveUp() {
        if (!asked && channel.isOpen()) {
            fail(FlowSharderReason.SLOW_JOIN);
        }
    }

    private @Nullable FlowSharderReason ask(JoinToken token) {
        if (asked || token.version() != LegFormat.VERSION) {
            return FlowSharderReason.OUT_OF_TURN;
        }
        if (!settings.key().isGenuine(token)) {
            return FlowSharderReason.FORGED_TOKEN;
        }
        if (token.expirySeconds() < settings.wallClock().instant().getEpochSecond()) {
            return FlowSharderReason.EXPIRED_TOKEN;
        }
        asked = true;
        strangers.remove(this);
        return seat(token);
    }

    private @Nullable FlowSharderReason seat(JoinToken token) {
        EgressSession session = sessions.find(token, channel.eventLoop());
        if (session == null) {
            return sessions.isStopped() ? FlowSharderReason.STOPPING : FlowSharderReason.TOO_MANY_SESSIONS;
        }
        if (session.loop().executor() == channel.eventLoop()) {
            return admit(token, session);
        }
        move(token, session);
        return null;
    }

    /** Each channel belongs to the loop of its session, which may have ended on the way; nothing more comes before the answer. */
    private void move(JoinToken token, EgressSession session) {
        channel.config().setAutoRead(false);
        channel.deregister()
                .addListener(away -> session.loop().executor().register(channel).addListener(there -> {
                    if (!there.isSuccess()) {
                        channel.unsafe().closeForcibly();
                        reader.close();
                        return;
                    }
                    move(session.loop().counters(), session.loop().clock());
                    FlowSharderReason reason = seat(token);
                    if (reason == null) {
                        channel.config().setAutoRead(true);
                    } else {
                        fail(reason);
                    }
                }));
    }

    private @Nullable FlowSharderReason admit(JoinToken token, EgressSession session) {
        if (session.session().isClosed()) {
            return FlowSharderReason.STOPPING;
        }
        if (!session.session().hasRoomForLeg(token.leg())) {
            return FlowSharderReason.TOO_MANY_LEGS;
        }
        if (!session.isNewest(token)) {
            return FlowSharderReason.STALE_EPOCH;
        }
        if (!channel.isActive()) {
            return null;
        }
        JoinProof proof = settings.key()
                .answer(token, session.instance(), settings.random().nextLong());
        write(writer.joined(proof));
        flush();
        join(session.session(), token.leg(), settings.key().checksumKey(token, proof), 0);
        session.onJoined();
        return null;
    }

    @Override
    void onRefused() {
        if (!asked) {
            strangers.remove(this);
        }
    }
}
