package io.foreshard.examples.forecast;

/**
 * Writes JSON (RFC 8259), indented by two spaces, members in the order of the calls. What has no number in JSON, NaN and
 * infinities, becomes null. Confined to one thread.
 */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean first = true;

    /** Begins an object as the document or as an element of an array. */
    JsonWriter object() {
        separate();
        return open('{');
    }

    /** Begins an object as a member. */
    JsonWriter object(String name) {
        name(name);
        return open('{');
    }

    JsonWriter array(String name) {
        name(name);
        return open('[');
    }

    JsonWriter endObject() {
        return close('}');
    }

    JsonWriter endArray() {
        return close(']');
    }

    JsonWriter member(String name, String value) {
        name(name);
        return string(value);
    }

    JsonWriter member(String name, double value) {
        name(name);
        return number(value);
    }

    JsonWriter member(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    JsonWriter member(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** A member whose value is an array of numbers, on one line. */
    JsonWriter numbers(String name, double... values) {
        name(name);
        out.append('[');
        for (int index = 0; index < values.length; index++) {
            out.append(index == 0 ? "" : ", ");
            number(values[index]);
        }
        out.append(']');
        return this;
    }

    /** The document, ended by a line feed. */
    String text() {
        return out + "\n";
    }

    private JsonWriter number(double value) {
        if (!Double.isFinite(value)) {
            out.append("null");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(value);
        }
        return this;
    }

    private void name(String name) {
        separate();
        string(name);
        out.append(": ");
    }

    private JsonWriter open(char bracket) {
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        depth--;
        if (!first) {
            line();
        }
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        if (depth > 0) {
            line();
        }
        first = false;
    }

    private void line() {
        out.append('\n').append("  ".repeat(depth));
    }

    private JsonWriter string(String text) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            escape(text.charAt(index));
        }
        out.append('"');
        return this;
    }

    /** Lone surrogates have no UTF-8, so they are escaped too. */
    private void escape(char symbol) {
        switch (symbol) {
            case '"', '\\' -> out.append('\\').append(symbol);
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                if (symbol < ' ' || Character.isSurrogate(symbol)) {
                    out.append("\\u").append(hex(symbol));
                } else {
                    out.append(symbol);
                }
            }
        }
    }

    private static String hex(char symbol) {
        String digits = Integer.toHexString(symbol);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
