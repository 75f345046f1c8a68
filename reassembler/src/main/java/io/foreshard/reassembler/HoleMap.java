package io.foreshard.reassembler;

import java.util.List;

/**
 * Which bytes of a message's content are missing. Immutable.
 *
 * @param holes the missing ranges, ascending, apart from each other; at most {@link #MAX_HOLES}. When there are more, the last
 *     one spans from the first hole that did not fit to the end of the last hole
 * @param exact whether every missing range is listed, and so no byte in them is there
 */
public record HoleMap(List<Hole> holes, boolean exact) {

    /** Most ranges in one map. */
    public static final int MAX_HOLES = 256;

    /**
     * Makes a map.
     *
     * @param holes the missing ranges; copied
     * @param exact whether every missing range is listed
     */
    public HoleMap {
        holes = List.copyOf(holes);
    }

    /**
     * A missing range.
     *
     * @param offset first missing byte of the content
     * @param length number of missing bytes
     */
    public record Hole(long offset, long length) {

        /** {@return the first byte after the range} */
        public long end() {
            return offset + length;
        }
    }

    /** {@return the bytes in all ranges} */
    public long missingBytes() {
        long bytes = 0;
        for (Hole hole : holes) {
            bytes += hole.length();
        }
        return bytes;
    }
}
