package io.foreshard.jmh.lossy;

import io.foreshard.jmh.run.Contestant;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;

/** Who takes part, ours first. */
enum LossyContender {
    FORESHARD,
    AERON,
    KCP,
    QUIC_CUBIC,
    QUIC_BBR;

    /** What Aeron's buffers need. */
    private static final String ADD_OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    /**
     * Starts the transport with its receiver; runs in the contestant's own Java machine.
     *
     * @param roundTrip of the path, for those that have to be told
     */
    Carrier open(InetSocketAddress receiver, Inbox inbox, Duration roundTrip) throws Exception {
        return switch (this) {
            case FORESHARD -> new ForeshardCarrier(receiver, inbox);
            case AERON -> new AeronCarrier(receiver, inbox, roundTrip);
            case KCP -> new KcpCarrier(receiver, inbox, roundTrip);
            case QUIC_CUBIC -> new QuicCarrier(receiver, inbox, QuicCongestionControlAlgorithm.CUBIC);
            case QUIC_BBR -> new QuicCarrier(receiver, inbox, QuicCongestionControlAlgorithm.BBR);
        };
    }

    /** Returns the program that takes its part. */
    Contestant contestant() {
        return this == AERON
                ? Contestant.java(LossyContestant.class, ADD_OPENS)
                : Contestant.java(LossyContestant.class);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
