package io.foreshard.flowsharder.spi;

/**
 * Chooses the leg that carries the next piece of a stream. One belongs to each session and is called on its event loop only, so it may keep
 * state; it must not block, allocate or throw.
 */
public interface StreamScheduler {

    /** The answer to wait until something changes. */
    long WAIT = 0;

    /**
     * Chooses.
     *
     * @param legs at least one; not to be kept
     * @param pieceBytes length of the piece
     * @param backlogBytes what is known to wait behind it, {@code Long.MAX_VALUE} when there is more than that
     * @param creditBytes how much more the other side takes of this stream, the piece included
     * @return the set of legs to send it over: bit {@code i} for leg {@code i}; {@link #WAIT} to wait. Legs without room are left out
     */
    long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes);
}
