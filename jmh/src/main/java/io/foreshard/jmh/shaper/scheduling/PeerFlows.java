package io.foreshard.jmh.shaper.scheduling;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The look-up that the peers get, of the same kind as ours: open addressing, a byte of a keyed multilinear hash beside each slot, the
 * 5-tuple in the flow. Nothing is ever forgotten, which is a little less than ours does.
 */
final class PeerFlows {

    private static final int WORDS = 10;
    private static final long LOW_HALF = 0xffff_ffffL;

    private final long[] keys;
    private final @Nullable PeerFlow[] flows;
    private final byte[] tags;
    private final int shift;
    private final LongSupplier clock;

    PeerFlows(int most, LongSupplier clock) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, most * 16 / 9 - 1));
        this.keys = new SplittableRandom(42).longs(WORDS + 1).toArray();
        this.flows = new PeerFlow[1 << bits];
        this.tags = new byte[1 << bits];
        this.shift = Integer.SIZE - bits;
        this.clock = clock;
    }

    PeerFlow find(Tuple key) {
        int hash = hash(key);
        byte tag = (byte) (hash | 1);
        int slot = hash >>> shift;
        while (tags[slot] != 0) {
            PeerFlow flow = tags[slot] == tag ? flows[slot] : null;
            if (flow != null && flow.is(key)) {
                return flow;
            }
            slot = (slot + 1) & (tags.length - 1);
        }
        PeerFlow added = new PeerFlow(key, clock);
        tags[slot] = tag;
        flows[slot] = added;
        return added;
    }

    private int hash(Tuple key) {
        long sum = keys[WORDS]
                + keys[0] * (key.sourceHigh & LOW_HALF)
                + keys[1] * (key.sourceHigh >>> 32)
                + keys[2] * (key.sourceLow & LOW_HALF)
                + keys[3] * (key.sourceLow >>> 32)
                + keys[4] * (key.destinationHigh & LOW_HALF)
                + keys[5] * (key.destinationHigh >>> 32)
                + keys[6] * (key.destinationLow & LOW_HALF)
                + keys[7] * (key.destinationLow >>> 32)
                + keys[8] * (key.rest & LOW_HALF)
                + keys[9] * (key.rest >>> 32);
        return (int) (sum >>> 32);
    }
}
