package io.foreshard.jmh.lossy;

import java.nio.file.Path;

/**
 * What a contestant has to do, handed over as the arguments of its program.
 *
 * @param rows where it writes its times
 * @param contender who it is
 * @param receiverPort where its receiver listens
 * @param cleanPort the relay without impairments
 * @param lossyPort the relay that is the path
 * @param rttMillis the round-trip time of the path, for transports that have to be told
 * @param warmUps messages to send through the relay without impairments first
 * @param seed decides the arrivals
 * @param counted how many messages count
 * @param limitSeconds when to stop at the latest, after the last message was meant to start
 */
record LossyTask(
        Path rows,
        LossyContender contender,
        int receiverPort,
        int cleanPort,
        int lossyPort,
        int rttMillis,
        int warmUps,
        long seed,
        int counted,
        int limitSeconds) {

    static LossyTask parse(String... arguments) {
        return new LossyTask(
                Path.of(arguments[0]),
                LossyContender.valueOf(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                Long.parseLong(arguments[7]),
                Integer.parseInt(arguments[8]),
                Integer.parseInt(arguments[9]));
    }

    /** Returns what {@link #parse} reads. */
    Object[] arguments() {
        return new Object[] {
            rows, contender.name(), receiverPort, cleanPort, lossyPort, rttMillis, warmUps, seed, counted, limitSeconds
        };
    }
}
