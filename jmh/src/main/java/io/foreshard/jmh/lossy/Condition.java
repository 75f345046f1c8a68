package io.foreshard.jmh.lossy;

import io.foreshard.simulator.link.Impairment;
import java.time.Duration;

/**
 * One path: 100 Mbit/s with a queue of one bandwidth-delay product, that loses packets independently of each other, in both directions.
 *
 * @param rttMillis base round-trip time
 * @param lossPercent how many packets are lost in each direction
 */
record Condition(int rttMillis, int lossPercent) {

    static final double LINK_BYTES_PER_SECOND = 12.5e6;

    String name() {
        return "rtt" + rttMillis + "-loss" + lossPercent;
    }

    long rttNanos() {
        return Duration.ofMillis(rttMillis).toNanos();
    }

    /** Returns what each direction does. */
    Impairment impairment() {
        return Impairment.builder()
                .rateBytesPerSecond(LINK_BYTES_PER_SECOND)
                .delay(Duration.ofMillis(rttMillis).dividedBy(2))
                .queueBytes((long) (LINK_BYTES_PER_SECOND * rttMillis / 1e3))
                .loss(lossPercent / 100.0)
                .build();
    }
}
