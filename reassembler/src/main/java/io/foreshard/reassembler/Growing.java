package io.foreshard.reassembler;

/** A memory with a part that is charged with its source, and more that is charged when there is room. */
interface Growing {

    /** Returns what it costs to remember more, 0 if that is neither needed nor wanted now. */
    long growthBytes();

    /** Grows, after what that costs was charged. */
    void grow();

    /** Returns what its growth has cost. */
    long chargedBytes();
}
