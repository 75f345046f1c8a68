package io.foreshard.jmh.priority;

import java.nio.file.Path;

/**
 * What a contestant has to do, handed over as the arguments of its program.
 *
 * @param rows where it writes its times
 * @param variant with or without classes
 * @param receiverPort where its receiver listens
 * @param relayPort the bottleneck
 * @param backlogBytes bulk that is always waiting to be sent or committed
 * @param counted how many urgent messages count
 * @param seed decides when urgent messages come
 */
record PriorityTask(
        Path rows, PriorityVariant variant, int receiverPort, int relayPort, int backlogBytes, int counted, long seed) {

    static PriorityTask parse(String... arguments) {
        return new PriorityTask(
                Path.of(arguments[0]),
                PriorityVariant.valueOf(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Long.parseLong(arguments[6]));
    }

    /** Returns what {@link #parse} reads. */
    Object[] arguments() {
        return new Object[] {rows, variant.name(), receiverPort, relayPort, backlogBytes, counted, seed};
    }
}
