package io.foreshard.flowsharder.spi;

/**
 * The legs that may carry the next piece of a stream, as they are now; only valid during the call. Rates and round trips are 0 while they
 * are not known.
 */
public interface LegsView {

    /** The most legs that a session may have. */
    int MOST = 64;

    /** Returns how many legs there are, 1 to {@value #MOST}. */
    int size();

    /**
     * Returns how many more bytes may be put under way.
     *
     * @param leg 0 to {@link #size} - 1
     */
    long roomBytes(int leg);

    /**
     * Returns what is under way and not yet acknowledged.
     *
     * @param leg 0 to {@link #size} - 1
     */
    long inFlightBytes(int leg);

    /**
     * Returns the rate that the leg was seen to pass.
     *
     * @param leg 0 to {@link #size} - 1
     */
    double bytesPerSecond(int leg);

    /**
     * Returns the shortest round trip, without what waits on the leg now.
     *
     * @param leg 0 to {@link #size} - 1
     */
    long leastRoundTripNanos(int leg);

    /**
     * Returns the smoothed round trip, with what waits.
     *
     * @param leg 0 to {@link #size} - 1
     */
    long roundTripNanos(int leg);
}
