package io.foreshard.reassembler;

import io.foreshard.runtime.KeyedLongMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a message of which something is known, by number, and a list of those that are not whole. Grows with what
 * arrives, never with what is announced.
 */
final class BlockTable {

    private static final int INITIAL_INCOMPLETE = 4;

    private final Limits limits;
    private @Nullable Block only;
    private @Nullable KeyedLongMap<Block> byNumber;
    private @Nullable Block[] incomplete = new Block[1];
    private int incompleteSize;
    private int size;

    BlockTable(Limits limits) {
        this.limits = limits;
    }

    @Nullable
    Block get(int number) {
        if (byNumber != null) {
            return byNumber.get(number);
        }
        return only != null && only.number() == number ? only : null;
    }

    void add(Block block) {
        if (byNumber == null && only == null) {
            only = block;
        } else {
            map().put(block.number(), block);
        }
        size++;
        addIncomplete(block);
    }

    private KeyedLongMap<Block> map() {
        KeyedLongMap<Block> map = byNumber;
        if (map == null) {
            // Most messages have one block; the map comes with the second one.
            map = new KeyedLongMap<>(limits.hashKey0(), limits.hashKey1(), 0);
            byNumber = map;
            if (only != null) {
                map.put(only.number(), only);
            }
        }
        return map;
    }

    void addIncomplete(Block block) {
        if (incompleteSize == incomplete.length) {
            incomplete = Arrays.copyOf(incomplete, Math.max(INITIAL_INCOMPLETE, incompleteSize * 2));
        }
        block.moveTo(incompleteSize);
        incomplete[incompleteSize++] = block;
    }

    void removeIncomplete(Block block) {
        Block last = incomplete[--incompleteSize];
        incomplete[incompleteSize] = null;
        if (last != null && last != block) {
            incomplete[block.position()] = last;
            last.moveTo(block.position());
        }
        block.moveTo(-1);
    }

    int incompleteSize() {
        return incompleteSize;
    }

    @Nullable
    Block incomplete(int position) {
        return incomplete[position];
    }

    int size() {
        return size;
    }

    /** Returns all blocks in the order of their numbers. Costs O(n log n). */
    Block[] sorted() {
        Block[] blocks = new Block[size];
        if (byNumber != null) {
            int[] at = new int[1];
            byNumber.forEach((number, block) -> blocks[at[0]++] = block);
            Arrays.sort(blocks, (a, b) -> Integer.compare(a.number(), b.number()));
        } else if (only != null) {
            blocks[0] = only;
        }
        return blocks;
    }
}
