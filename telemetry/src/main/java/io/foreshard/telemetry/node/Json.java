package io.foreshard.telemetry.node;

import io.foreshard.telemetry.TelemetryReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) from a text of bounded length: objects as {@link Map}, arrays as {@link List}, numbers as {@link Double}.
 * Stricter than some, looser in one: a repeated name overwrites. A library would be the first that this module needs at run time, for
 * one answer of a known shape.
 */
final class Json {

    private static final int DEEPEST = 32;
    private static final int HEXADECIMAL = 16;
    private static final int UNICODE_DIGITS = 4;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Returns the value that a text holds.
     *
     * @throws AnswerException if the text is not JSON, or nested deeper than 32
     */
    static @Nullable Object read(String text) throws AnswerException {
        Json json = new Json(text);
        Object value = json.value(0);
        json.skipSpace();
        if (json.at < text.length()) {
            throw malformed();
        }
        return value;
    }

    private @Nullable Object value(int depth) throws AnswerException {
        skipSpace();
        if (depth > DEEPEST) {
            throw malformed();
        }
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws AnswerException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (take('}')) {
            return object;
        }
        do {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            object.put(name, value(depth));
            skipSpace();
        } while (take(','));
        expect('}');
        return object;
    }

    private List<@Nullable Object> array(int depth) throws AnswerException {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        skipSpace();
        if (take(']')) {
            return array;
        }
        do {
            array.add(value(depth));
            skipSpace();
        } while (take(','));
        expect(']');
        return array;
    }

    private String string() throws AnswerException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = next();
            if (c < ' ') {
                throw malformed();
            }
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws AnswerException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed();
        };
    }

    private char unicode() throws AnswerException {
        int code = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            int digit = Character.digit(next(), HEXADECIMAL);
            if (digit < 0) {
                throw malformed();
            }
            code = code * HEXADECIMAL + digit;
        }
        return (char) code;
    }

    private Double number() throws AnswerException {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        double number = Numbers.parse(text.substring(start, at));
        if (Double.isNaN(number)) {
            throw malformed();
        }
        return number;
    }

    private @Nullable Object literal(String name, @Nullable Object value) throws AnswerException {
        if (!text.startsWith(name, at)) {
            throw malformed();
        }
        at += name.length();
        return value;
    }

    private void expect(char c) throws AnswerException {
        if (!take(c)) {
            throw malformed();
        }
    }

    private boolean take(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private char next() throws AnswerException {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at++);
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static AnswerException malformed() {
        return new AnswerException(TelemetryReason.MALFORMED);
    }
}
