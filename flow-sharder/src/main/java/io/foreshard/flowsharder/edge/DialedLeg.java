package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.foreshard.runtime.ReasonCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The near end of a leg: says where to, shows its token, and waits for the answer. */
final class DialedLeg extends LegChannel {

    /** What becomes of it. */
    interface Outcome {

        /**
         * The other edge let the leg join.
         *
         * @param instance the number that the other edge drew for the session
         */
        void onAccepted(DialedLeg leg, long instance, long checksumKey, long roundTripNanos);

        /** It did not come so far. */
        void onRefused(DialedLeg leg);
    }

    private final JoinKey key;
    private final JoinToken token;
    private final @Nullable ByteBuf route;
    private final long timeoutNanos;
    private final Outcome outcome;
    private long sentNanos;
    private boolean settled;

    DialedLeg(
            Channel channel,
            ReasonCounters<FlowSharderReason> counters,
            LoopClock clock,
            JoinKey key,
            JoinToken token,
            @Nullable ByteBuf route,
            long timeoutNanos,
            Outcome outcome) {
        super(channel, counters, clock);
        this.key = key;
        this.token = token;
        this.route = route;
        this.timeoutNanos = timeoutNanos;
        this.outcome = outcome;
        reader.sink(new BeforeJoin() {
            @Override
            public @Nullable FlowSharderReason onJoined(JoinProof proof) {
                return accept(proof);
            }
        });
    }

    int id() {
        return token.leg();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sentNanos = nowNanos();
        if (route != null) {
            write(route);
        }
        write(writer.join(token));
        flush();
        channel.eventLoop().schedule(this::giveUp, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    private void giveUp() {
        if (!hasJoined()) {
            close();
        }
    }

    private @Nullable FlowSharderReason accept(JoinProof proof) {
        if (!key.isGenuine(token, proof)) {
            return FlowSharderReason.FORGED_TOKEN;
        }
        settled = true;
        outcome.onAccepted(this, proof.nonceHigh(), key.checksumKey(token, proof), nowNanos() - sentNanos);
        return null;
    }

    @Override
    void onRefused() {
        if (!settled) {
            settled = true;
            outcome.onRefused(this);
        }
    }
}
