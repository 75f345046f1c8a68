package io.foreshard.telemetry.node;

import org.jspecify.annotations.Nullable;

/**
 * Reads the text format in which Prometheus exporters answer, version 0.0.4, of which OpenMetrics differs only in comments here. A
 * line that is not in the format is skipped and counted; nothing is thrown. Work is proportional to the length of the text.
 */
final class Exposition {

    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_LABELS = 64;

    private final String text;
    private final Sink sink;
    private final Labels labels = new Labels();
    private int at;
    private int end;
    private int malformed;
    private boolean saysNaN;

    /** Takes what is read. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes a sample.
         *
         * @param metric its name
         * @param labels finds the value of a label of this sample, until the call returns
         * @param value its value, any double
         */
        void sample(String metric, Labels labels, double value);
    }

    /** The labels of the sample at hand, as they stand in the text. */
    static final class Labels {

        private final String[] names = new String[MOST_LABELS];
        private final String[] values = new String[MOST_LABELS];
        private int count;

        /** Returns the value of a label, or null if there is none. */
        @Nullable
        String get(String name) {
            for (int i = 0; i < count; i++) {
                if (names[i].equals(name)) {
                    return values[i];
                }
            }
            return null;
        }

        private boolean add(String name, String value) {
            if (count == MOST_LABELS) {
                return false;
            }
            names[count] = name;
            values[count++] = value;
            return true;
        }
    }

    private Exposition(String text, Sink sink) {
        this.text = text;
        this.sink = sink;
    }

    /** Gives each sample of a page to the sink and returns how many lines were not in the format. */
    static int read(String text, Sink sink) {
        Exposition page = new Exposition(text, sink);
        for (int line = 0; line < text.length(); line = page.end + 1) {
            int newline = text.indexOf('\n', line);
            page.at = line;
            page.end = newline < 0 ? text.length() : newline;
            page.line();
        }
        return page.malformed;
    }

    private void line() {
        if (end - at > LONGEST_LINE) {
            malformed++;
            return;
        }
        skipSpace();
        if (at < end && text.charAt(at) != '#' && !sample()) {
            malformed++;
        }
    }

    private boolean sample() {
        String metric = word();
        labels.count = 0;
        skipSpace();
        if (metric.isEmpty() || (peek() == '{' && !labels())) {
            return false;
        }
        double value = number(token());
        String timestamp = token();
        if (at < end || (Double.isNaN(value) && !saysNaN) || !isTimestamp(timestamp)) {
            return false;
        }
        sink.sample(metric, labels, value);
        return true;
    }

    private boolean labels() {
        at++;
        while (true) {
            skipSpace();
            if (peek() == '}') {
                at++;
                return true;
            }
            if (!label()) {
                return false;
            }
            skipSpace();
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                return false;
            }
        }
    }

    private boolean label() {
        String name = word();
        skipSpace();
        if (name.isEmpty() || peek() != '=') {
            return false;
        }
        at++;
        skipSpace();
        String value = peek() == '"' ? quoted() : null;
        return value != null && labels.add(name, value);
    }

    private @Nullable String quoted() {
        int start = ++at;
        while (at < end && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= end) {
            return null;
        }
        String value = text.substring(start, at++);
        return value.indexOf('\\') < 0 ? value : unescaped(value);
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // The end of a quoted text is found by skipping what follows a backslash, so something follows.
            char meant = c == '\\' ? value.charAt(++i) : c;
            plain.append(c == '\\' && meant == 'n' ? '\n' : meant);
        }
        return plain.toString();
    }

    private String word() {
        int start = at;
        while (at < end && isNameCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String token() {
        skipSpace();
        int start = at;
        while (at < end && !isSpace(text.charAt(at))) {
            at++;
        }
        String token = text.substring(start, at);
        skipSpace();
        return token;
    }

    /** Returns a number as Go writes it, or NaN. */
    private double number(String token) {
        saysNaN = token.equals("NaN");
        return switch (token) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Numbers.parse(token);
        };
    }

    private static boolean isTimestamp(String token) {
        return token.isEmpty() || !Double.isNaN(Numbers.parse(token));
    }

    private void skipSpace() {
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private int peek() {
        return at < end ? text.charAt(at) : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
    }
}
