package io.foreshard.examples.stacks.capture;

import java.util.List;

/**
 * The messages of one protocol in one capture.
 *
 * @param name of the file
 * @param protocol which one
 * @param messages in their order; at least one
 */
public record Capture(String name, Protocol protocol, List<Recorded> messages) {

    /** Copies the list. */
    public Capture {
        messages = List.copyOf(messages);
    }
}
