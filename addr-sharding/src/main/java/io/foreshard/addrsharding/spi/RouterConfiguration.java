package io.foreshard.addrsharding.spi;

import java.util.List;

/**
 * What a router is to read.
 *
 * @param text the whole file, ASCII, lines end in a line feed
 * @param notes what of the plan the make cannot do and was left out, or does in a way to know of; for people
 */
public record RouterConfiguration(String text, List<String> notes) {

    /** Copies the notes. */
    public RouterConfiguration {
        notes = List.copyOf(notes);
    }
}
