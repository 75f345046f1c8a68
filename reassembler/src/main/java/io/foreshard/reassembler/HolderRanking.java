package io.foreshard.reassembler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sources by the power of two of what is held for them, so that one that holds nearly most is found in O(1). */
final class HolderRanking {

    private final List<Chain<Source>> chains = new ArrayList<>(Long.SIZE);
    private long used;

    HolderRanking() {
        for (int rank = 0; rank < Long.SIZE; rank++) {
            chains.add(new Chain<>());
        }
    }

    /** Returns the rank of an amount: its power of two. */
    static int rank(long bytes) {
        return bytes <= 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(bytes);
    }

    /** Puts a source where its amount belongs; one that holds nothing is not ranked. */
    void update(Source source) {
        int rank = rank(source.messageBytes());
        Chain<Source> chain = chains.get(rank);
        if (rank > 0 && source.chain == chain) {
            return;
        }
        remove(source);
        if (rank > 0) {
            chain.append(source);
            used |= 1L << rank;
        }
    }

    void remove(Source source) {
        Chain<Source> chain = source.chain;
        if (chain == null) {
            return;
        }
        Chain.detach(source);
        if (chain.isEmpty()) {
            used &= ~(1L << chains.indexOf(chain));
        }
    }

    /** Returns a source of the highest rank, another one each time, or null if nobody holds anything. */
    @Nullable
    Source biggest() {
        return used == 0
                ? null
                : chains.get(Long.SIZE - 1 - Long.numberOfLeadingZeros(used)).rotate();
    }

    /** Returns how many sources hold something in the rank of an amount or above. Costs O(ranks). */
    int holders() {
        int holders = 0;
        for (long rest = used; rest != 0; rest &= rest - 1) {
            holders += chains.get(Long.numberOfTrailingZeros(rest)).size();
        }
        return holders;
    }
}
