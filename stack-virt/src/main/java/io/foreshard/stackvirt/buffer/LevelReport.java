package io.foreshard.stackvirt.buffer;

import java.util.Map;

/**
 * Which level the memory of a pool has reached, as it was tried.
 *
 * @param reached the level; all below it hold too
 * @param missing why the levels above it were not reached
 */
public record LevelReport(BufferLevel reached, Map<BufferLevel, String> missing) {

    /** Copies the arguments. */
    public LevelReport {
        missing = Map.copyOf(missing);
    }
}
