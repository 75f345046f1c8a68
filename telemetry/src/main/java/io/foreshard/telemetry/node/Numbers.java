package io.foreshard.telemetry.node;

/** Reads decimal numbers from foreign text. Stateless, any thread. */
final class Numbers {

    private static final int LONGEST = 64;

    private Numbers() {}

    /** Returns the number, or NaN if the text is none: no hexadecimal, no type suffix, no names, at most 64 characters. */
    static double parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isPlain(text)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    private static boolean isPlain(String text) {
        return text.chars()
                .allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E');
    }
}
