package io.foreshard.addrsharding.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Memory for records of different sizes in pages of bytes: no object per record. A place is a number above 0 and never moves while its record
 * lives; what is freed is used again for records of the same size, in steps of 8 bytes. One thread at a time.
 *
 * <p>A block: 1 byte its size in units, 2 bytes the length of the record (0: free), the record. A free block has the next free one of its
 * size at byte 4.
 */
final class RecordArena {

    private static final int UNIT_SHIFT = 3;
    private static final int PAGE_SHIFT = 13;
    private static final int PAGE_UNITS = 1 << PAGE_SHIFT;
    private static final int HEADER = 3;
    private static final int LINK = 4;
    private static final int SIZES = ((AllocationCodec.MOST_BYTES + HEADER) >> UNIT_SHIFT) + 2;

    private final List<ByteBuffer> pages = new ArrayList<>();
    private final int[] freeBySize = new int[SIZES];
    /** Place 0 stands for none. */
    private int next = 1;

    RecordArena() {
        addPage();
    }

    private void addPage() {
        pages.add(ByteBuffer.allocate(PAGE_UNITS << UNIT_SHIFT));
    }

    /** Stores a copy of a range and returns its place. */
    int add(ByteBuffer from, int offset, int bytes) {
        int units = units(bytes);
        int place = freeBySize[units];
        if (place != 0) {
            freeBySize[units] = page(place).getInt(start(place) + LINK);
        } else {
            place = grow(units);
        }
        write(place, units, from, offset, bytes);
        return place;
    }

    private int grow(int units) {
        int left = PAGE_UNITS - (next & (PAGE_UNITS - 1));
        if (left < units) {
            free(next, left);
            next += left;
        }
        if (next >>> PAGE_SHIFT == pages.size()) {
            addPage();
        }
        int place = next;
        next += units;
        return place;
    }

    /** Replaces a record and returns its place: the same one if the size allows. */
    int replace(int place, ByteBuffer from, int offset, int bytes) {
        int units = units(bytes);
        if (units == unitsAt(place)) {
            write(place, units, from, offset, bytes);
            return place;
        }
        remove(place);
        return add(from, offset, bytes);
    }

    private void write(int place, int units, ByteBuffer from, int offset, int bytes) {
        ByteBuffer page = page(place);
        int start = start(place);
        page.put(start, (byte) units).putShort(start + 1, (short) bytes);
        page.put(start + HEADER, from, offset, bytes);
    }

    void remove(int place) {
        free(place, unitsAt(place));
    }

    private void free(int place, int units) {
        if (units == 0) {
            return;
        }
        int start = start(place);
        page(place).put(start, (byte) units).putShort(start + 1, (short) 0).putInt(start + LINK, freeBySize[units]);
        freeBySize[units] = place;
    }

    /** Returns the page that has a record; the record begins at {@link #at}. */
    ByteBuffer page(int place) {
        return pages.get(place >>> PAGE_SHIFT);
    }

    int at(int place) {
        return start(place) + HEADER;
    }

    /** Returns the length of a record, 0 of a free block. */
    int bytes(int place) {
        return page(place).getShort(start(place) + 1);
    }

    /** Returns the place behind a block. With {@link #first} and {@link #end} it walks over all blocks, also while they change. */
    int after(int place) {
        return place + unitsAt(place);
    }

    int first() {
        return 1;
    }

    /** Returns the place behind the last block; places from here on are newer. */
    int end() {
        return next;
    }

    /** Returns how much memory the pages take, in bytes. */
    long memoryBytes() {
        return (long) pages.size() << (PAGE_SHIFT + UNIT_SHIFT);
    }

    void clear() {
        pages.clear();
        Arrays.fill(freeBySize, 0);
        next = 1;
        addPage();
    }

    private int unitsAt(int place) {
        return page(place).get(start(place)) & 0xff;
    }

    private static int start(int place) {
        return (place & (PAGE_UNITS - 1)) << UNIT_SHIFT;
    }

    private static int units(int bytes) {
        return (bytes + HEADER + (1 << UNIT_SHIFT) - 1) >> UNIT_SHIFT;
    }
}
