package io.foreshard.flowsharder.spi;

/** What one edge saw of a flow so far; only valid during the call. */
public interface FlowView {

    /** The most chunks that are remembered. */
    int MOST_CHUNKS = 8;

    /** Returns where the flow goes, as {@code host:port}. */
    String target();

    /** Returns for how long there has been such a flow, not negative. */
    long ageNanos();

    /** Returns the bytes that this edge has taken from its end of the flow. */
    long sentBytes();

    /** Returns the bytes that this edge has handed to its end of the flow. */
    long receivedBytes();

    /** Returns of how many chunks the sizes are known: the first ones, at most {@value #MOST_CHUNKS}. */
    int chunks();

    /**
     * Returns the size of one of the first chunks, either way: more than 0 if it was sent, less than 0 if it was received. What is sent is
     * counted as it was read from this edge's end, what is received as the other edge cut it, 32 KiB at most.
     *
     * @param index 0 to {@link #chunks} - 1
     */
    int chunkBytes(int index);
}
