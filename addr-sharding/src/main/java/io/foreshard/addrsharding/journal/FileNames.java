package io.foreshard.addrsharding.journal;

import java.util.Comparator;
import java.util.List;

/** How files are called: what they are, and the revision at which they begin in 16 hexadecimal digits. */
final class FileNames {

    static final String SEGMENT = "journal-";
    static final String SNAPSHOT = "snapshot-";
    /** Ends the name of a file that is not complete yet. */
    static final String DRAFT = ".draft";

    private static final int DIGITS = 16;

    private FileNames() {}

    static String segment(long base) {
        return SEGMENT + String.format("%016x", base);
    }

    static String snapshot(long first) {
        return SNAPSHOT + String.format("%016x", first);
    }

    static long revision(String name) {
        return Long.parseLong(name.substring(name.length() - DIGITS), DIGITS);
    }

    /** Returns the names that are of one kind, by revision. */
    static List<String> of(String kind, List<String> names) {
        return names.stream()
                .filter(name -> name.length() == kind.length() + DIGITS && name.startsWith(kind))
                .filter(name -> name.substring(kind.length()).matches("[0-7][0-9a-f]{15}"))
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
