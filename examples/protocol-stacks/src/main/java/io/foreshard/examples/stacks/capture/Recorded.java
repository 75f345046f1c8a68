package io.foreshard.examples.stacks.capture;

import java.nio.ByteBuffer;

/**
 * A message of a capture.
 *
 * @param offsetMillis when, after the first message of its protocol in the capture
 * @param source the network that it came from
 * @param destination the network that it was for
 * @param message what was sent, from 0 to its limit
 */
public record Recorded(long offsetMillis, long source, long destination, ByteBuffer message) {

    /** Protects the message. */
    public Recorded {
        message = message.asReadOnlyBuffer();
    }
}
