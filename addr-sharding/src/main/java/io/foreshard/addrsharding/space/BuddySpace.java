package io.foreshard.addrsharding.space;

import io.foreshard.runtime.Checks;

/**
 * A buddy allocator (Knowlton 1965; Knuth, TAOCP 1, 2.5): a block of order k is 2^k units from a multiple of 2^k on, so that with units of
 * a pool it is one CIDR. Free buddies merge at once. Every operation takes time in the logarithm of the size and allocates nothing.
 *
 * <p>Units have a bit each, and blocks below 64 units are read off such a word by shifts; only larger ones have bitmaps of their own. So
 * most operations touch the word, and for each order that it gains or loses one line of a bitmap that fits into the cache. Takes 0.19 bytes a unit.
 *
 * <p>What is assigned may be given back in other pieces. Confined to one thread at a time.
 */
public final class BuddySpace {

    /** The most units a space may have. */
    public static final int MAX_UNITS = 1 << 26;

    /** Stands for no unit, or no order. */
    public static final int NONE = -1;

    private final int units;
    private final int maxOrder;
    /** Free units, but those of a free block of order 6 or more. */
    private final long[] words;
    /** Below order 6: the words that have such a block which is not part of a larger one. From it on: the blocks. */
    private final SummaryBitmap[] blocks;
    /** The orders whose bitmap has any bit. */
    private int available;

    private int freeUnits;

    private BuddySpace(int units) {
        this.units = Checks.inRange("units", units, 1, MAX_UNITS);
        maxOrder = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(units);
        words = new long[(units + Long.SIZE - 1) >>> UnitWord.ORDER];
        blocks = new SummaryBitmap[Math.max(maxOrder + 1, UnitWord.ORDER)];
        for (int order = 0; order < blocks.length; order++) {
            blocks[order] = new SummaryBitmap(Math.max(1, order < UnitWord.ORDER ? words.length : units >>> order));
        }
    }

    /**
     * Returns a space that is all free.
     *
     * @param units how many, 1…2^26; any number
     */
    public static BuddySpace ofFree(int units) {
        BuddySpace space = new BuddySpace(units);
        for (int unit = 0; unit < units; ) {
            int fits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(units - unit);
            int order = Math.min(fits, Integer.numberOfTrailingZeros(unit));
            space.release(unit, order);
            unit += 1 << order;
        }
        return space;
    }

    /**
     * Returns a space that is all assigned.
     *
     * @param units how many, 1…2^26; any number
     */
    public static BuddySpace ofAssigned(int units) {
        return new BuddySpace(units);
    }

    /** Returns how many units there are, free or not. */
    public int units() {
        return units;
    }

    /** Returns how many units are free. */
    public int freeUnits() {
        return freeUnits;
    }

    /** Returns the order of the largest block that may be asked for, whether there is one or not. */
    public int maxOrder() {
        return maxOrder;
    }

    /** Returns the order of the largest free block, {@link #NONE} if nothing is free. */
    public int largestFreeOrder() {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(available);
    }

    /**
     * Assigns a block: out of the smallest that is large enough, the one of the lowest address.
     *
     * @param order 0…{@link #maxOrder()}
     * @return its first unit, {@link #NONE} if there is no such block
     */
    public int assign(int order) {
        int unit = find(order);
        if (unit != NONE) {
            take(unit, order, smallestFit(order));
        }
        return unit;
    }

    /**
     * Returns which block {@link #assign} would assign.
     *
     * @param order 0…{@link #maxOrder()}
     * @return its first unit, {@link #NONE} if there is no such block
     */
    public int find(int order) {
        int fit = smallestFit(order);
        if (fit == NONE) {
            return NONE;
        }
        int first = blocks[fit].first();
        return fit < UnitWord.ORDER ? lowest(first, UnitWord.largest(words[first], fit)) : first << fit;
    }

    /**
     * Returns the order of the smallest free block that is large enough.
     *
     * @param order 0…{@link #maxOrder()}
     * @return {@link #NONE} if there is none
     */
    public int smallestFit(int order) {
        Checks.inRange("order", order, 0, maxOrder);
        int fits = available >>> order << order;
        return fits == 0 ? NONE : Integer.numberOfTrailingZeros(fits);
    }

    /**
     * Assigns the block at a given place.
     *
     * @param unit its first unit
     * @param order of the block
     * @return whether it was free as a whole; if not, nothing has changed
     * @throws IllegalArgumentException if there is no such block
     */
    public boolean claim(int unit, int order) {
        int holder = holder(unit, order);
        if (holder != NONE) {
            take(unit, order, holder);
        }
        return holder != NONE;
    }

    /**
     * Returns whether a block is free as a whole.
     *
     * @param unit its first unit
     * @param order of the block
     * @throws IllegalArgumentException if there is no such block
     */
    public boolean isFree(int unit, int order) {
        return holder(unit, order) != NONE;
    }

    /**
     * Gives a block back.
     *
     * @param unit its first unit
     * @param order of the block
     * @throws IllegalArgumentException if there is no such block, or a part of it is free already
     */
    public void release(int unit, int order) {
        if (isAnyFree(unit, order)) {
            throw new IllegalArgumentException(
                    "unit: " + unit + " (expected: block of order " + order + " that is assigned)");
        }
        freeUnits += 1 << order;
        if (order < UnitWord.ORDER) {
            putBack(unit, order);
        } else {
            add(unit, order);
        }
    }

    /**
     * Returns whether any unit of a block is free.
     *
     * @param unit its first unit
     * @param order of the block
     * @throws IllegalArgumentException if there is no such block
     */
    public boolean isAnyFree(int unit, int order) {
        check(unit, order);
        if (order < UnitWord.ORDER) {
            long word = words[unit >>> UnitWord.ORDER];
            return word == 0 ? coveredFrom(unit, UnitWord.ORDER) != NONE : (word & UnitWord.mask(unit, order)) != 0;
        }
        for (int small = 0; small < UnitWord.ORDER; small++) {
            if (blocks[small].containsAny(unit >>> UnitWord.ORDER, order - UnitWord.ORDER)) {
                return true;
            }
        }
        for (int below = UnitWord.ORDER; below < order; below++) {
            if (blocks[below].containsAny(unit >>> below, order - below)) {
                return true;
            }
        }
        return coveredFrom(unit, order) != NONE;
    }

    /**
     * Returns the free block of the lowest address within a range.
     *
     * @param order of the block
     * @param from the first unit of the range
     * @param rangeOrder the range is a block of this order, not below that of the block
     * @return its first unit, {@link #NONE} if there is none
     * @throws IllegalArgumentException if there is no such range
     */
    public int firstFree(int order, int from, int rangeOrder) {
        check(from, rangeOrder);
        Checks.inRange("order", order, 0, rangeOrder);
        if (rangeOrder <= UnitWord.ORDER) {
            long range = rangeOrder == UnitWord.ORDER ? -1 : UnitWord.mask(from, rangeOrder);
            int word = from >>> UnitWord.ORDER;
            boolean isCovered = words[word] == 0 && coveredFrom(from, UnitWord.ORDER) != NONE;
            long found = order == UnitWord.ORDER ? 0 : UnitWord.blocks(words[word] & range, order);
            return isCovered ? from : found == 0 ? NONE : lowest(word, found);
        }
        if (coveredFrom(from, rangeOrder) != NONE) {
            return from;
        }
        int end = from + (1 << rangeOrder);
        int lowest = order < UnitWord.ORDER ? firstInWords(order, from, end) : end;
        for (int fit = Math.max(order, UnitWord.ORDER); fit < rangeOrder; fit++) {
            int block = isAvailable(fit) ? blocks[fit].next(from >>> fit) : NONE;
            if (block != NONE && block << fit < lowest) {
                lowest = block << fit;
            }
        }
        return lowest < end ? lowest : NONE;
    }

    /**
     * Returns how many free blocks there are of each order that are not part of larger ones. Looks at all units, 64 at a time.
     *
     * @return shape {@code [maxOrder + 1]}
     */
    public long[] freeBlocks() {
        long[] counts = new long[maxOrder + 1];
        for (int order = 0; order <= maxOrder; order++) {
            if (order >= UnitWord.ORDER) {
                counts[order] = blocks[order].count();
            } else if (isAvailable(order)) {
                for (int word = blocks[order].next(0); word != NONE; word = blocks[order].next(word + 1)) {
                    counts[order] += Long.bitCount(UnitWord.largest(words[word], order));
                }
            }
        }
        return counts;
    }

    /**
     * Returns how many blocks of each order can be had, if all are of that order. Looks at all units, 64 at a time.
     *
     * @return shape {@code [maxOrder + 1]}
     */
    public long[] availableBlocks() {
        long[] counts = freeBlocks();
        for (int order = maxOrder - 1; order >= 0; order--) {
            counts[order] += 2 * counts[order + 1];
        }
        return counts;
    }

    private void check(int unit, int order) {
        if (order < 0
                || order > maxOrder
                || unit < 0
                || unit > units - (1 << order)
                || (unit & (1 << order) - 1) != 0) {
            throw new IllegalArgumentException("unit: " + unit + " (expected: first of a block of order " + order
                    + " within " + units + " units)");
        }
    }

    private int firstInWords(int order, int from, int end) {
        int first = end >>> UnitWord.ORDER;
        for (int fit = order; fit < UnitWord.ORDER; fit++) {
            int word = isAvailable(fit) ? blocks[fit].next(from >>> UnitWord.ORDER) : NONE;
            first = word == NONE ? first : Math.min(first, word);
        }
        return first << UnitWord.ORDER >= end ? end : lowest(first, UnitWord.blocks(words[first], order));
    }

    private static int lowest(int word, long starts) {
        return word << UnitWord.ORDER | Long.numberOfTrailingZeros(starts);
    }

    /** Returns the order of the largest free block that a block is part of. */
    private int holder(int unit, int order) {
        check(unit, order);
        if (order >= UnitWord.ORDER) {
            return coveredFrom(unit, order);
        }
        long word = words[unit >>> UnitWord.ORDER];
        long mask = UnitWord.mask(unit, order);
        if (word == 0) {
            return coveredFrom(unit, UnitWord.ORDER);
        }
        return (word & mask) == mask ? UnitWord.orderAt(word, unit, order) : NONE;
    }

    /** Returns the order of the free block, from an order of 6 or more on, that has a unit. */
    private int coveredFrom(int unit, int order) {
        for (int orders = available >>> order << order; orders != 0; orders &= orders - 1) {
            int candidate = Integer.numberOfTrailingZeros(orders);
            // The end of a space that is no power of two is in no block of such an order.
            if (unit >>> candidate < units >>> candidate && blocks[candidate].contains(unit >>> candidate)) {
                return candidate;
            }
        }
        return NONE;
    }

    /** Takes a block out of the free one, of at least its order, that it is part of. */
    private void take(int unit, int order, int holder) {
        freeUnits -= 1 << order;
        int word = unit >>> UnitWord.ORDER;
        if (holder < UnitWord.ORDER) {
            takeOut(word, words[word], unit, order, holder);
            return;
        }
        remove(holder, unit >>> holder);
        for (int half = holder - 1; half >= Math.max(order, UnitWord.ORDER); half--) {
            set(half, unit >>> half ^ 1);
        }
        if (order < UnitWord.ORDER) {
            takeOut(word, -1, unit, order, UnitWord.ORDER);
        }
    }

    /** Takes a block out of a larger one within a word. */
    private void takeOut(int word, long free, int unit, int order, int holder) {
        long rest = free & ~UnitWord.mask(unit, order);
        words[word] = rest;
        if (holder < UnitWord.ORDER && UnitWord.largest(rest, holder) == 0) {
            remove(holder, word);
        }
        for (int half = order; half < holder; half++) {
            set(half, word);
        }
    }

    /** Adds a block of less than a word, merged with its buddies. */
    private void putBack(int unit, int order) {
        int word = unit >>> UnitWord.ORDER;
        long free = words[word] | UnitWord.mask(unit, order);
        int merged = UnitWord.orderAt(free, unit, order);
        words[word] = merged == UnitWord.ORDER ? 0 : free;
        for (int half = order; half < merged; half++) {
            if (UnitWord.largest(free, half) == 0) {
                remove(half, word);
            }
        }
        if (merged == UnitWord.ORDER) {
            add(word << UnitWord.ORDER, merged);
        } else {
            set(merged, word);
        }
    }

    /** Adds a free block of order 6 or more, merged with its buddies. */
    private void add(int unit, int order) {
        int merged = order;
        int block = unit >>> order;
        while (merged < maxOrder && (block ^ 1) < units >>> merged && blocks[merged].contains(block ^ 1)) {
            remove(merged, block ^ 1);
            block >>>= 1;
            merged++;
        }
        set(merged, block);
    }

    private boolean isAvailable(int order) {
        return (available & 1 << order) != 0;
    }

    private void set(int order, int member) {
        blocks[order].add(member);
        available |= 1 << order;
    }

    private void remove(int order, int member) {
        blocks[order].remove(member);
        if (blocks[order].isEmpty()) {
            available &= ~(1 << order);
        }
    }
}
