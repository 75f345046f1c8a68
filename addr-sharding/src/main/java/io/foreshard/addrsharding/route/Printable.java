package io.foreshard.addrsharding.route;

/** Text from elsewhere, made fit for a message of one line. Stateless. */
final class Printable {

    private static final int LONGEST = 64;

    private Printable() {}

    /** Returns the beginning of a text, with all but printable ASCII as {@code ?}. */
    static String of(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.replaceAll("[^ -~…]", "?");
    }
}
