package io.foreshard.addrsharding.spi;

/**
 * Why a store cannot do what it was asked to.
 *
 * @param reason what kind of failure, for programs
 * @param file which file, empty if it is about none
 * @param offset where in the file, in bytes; -1 if it is about no place
 * @param detail what was found and what to do, for people
 */
public record StoreFailure(Reason reason, String file, long offset, String detail) {

    /** What kind of failure it is. */
    public enum Reason {
        /** Another process, or another store in this one, has the journal. Stop it, or use another directory. */
        LOCKED,
        /** What was recorded is damaged beyond repair. Restore the file from a backup. */
        CORRUPT,
        /** The files were written by a newer version. Use that version. */
        NEWER_VERSION,
        /** The disk or the network refused, for want of space or otherwise. Appending works again once it does not. */
        IO,
        /** More changes, or reads of all, wait than the store may hold. Try again later. */
        OVERLOADED,
        /** As many allocations are recorded as the store may hold. Free some, or raise the limit. */
        LIMIT,
        /** The lease was lost or the last outcome is unknown: nothing can be appended before the store is opened again. */
        FENCED,
        /** The store was closed. */
        CLOSED
    }

    /**
     * Returns a failure that is about no file.
     *
     * @param reason what kind
     * @param detail for people
     */
    public static StoreFailure of(Reason reason, String detail) {
        return new StoreFailure(reason, "", -1, detail);
    }

    /** Returns the reason, the place and the detail in one line. */
    @Override
    public String toString() {
        String place = file.isEmpty() ? "" : offset < 0 ? file + ": " : file + " at byte " + offset + ": ";
        return reason + ": " + place + detail;
    }
}
