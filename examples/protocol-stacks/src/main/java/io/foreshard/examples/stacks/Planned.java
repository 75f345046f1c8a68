package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Protocol;
import java.nio.ByteBuffer;

/**
 * A message of the replay.
 *
 * @param atMillis when, after the beginning of the replay; negative if it was to learn from
 * @param protocol which one
 * @param source the network that it comes from
 * @param destination the network that it is for
 * @param message what is sent, from 0 to its limit
 */
record Planned(long atMillis, Protocol protocol, long source, long destination, ByteBuffer message) {

    /** Protects the message. */
    Planned {
        message = message.asReadOnlyBuffer();
    }
}
