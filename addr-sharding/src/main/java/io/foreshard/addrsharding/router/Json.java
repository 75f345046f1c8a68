package io.foreshard.addrsharding.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON (RFC 8259) that a router wrote: objects become maps, arrays lists, strings and numbers their text, the literals
 * {@code true}, {@code false} and {@code null} theirs. What it is given is bounded by whoever reads it; depth is bounded here.
 */
final class Json {

    private static final int MOST_DEPTH = 16;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** What stands in the way of reading on. Without a trail, as it is caught right here. */
    private static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotJson() {
            super("", null, false, false);
        }
    }

    /** Returns the object that the text is, or nothing if it is none. */
    static Optional<Map<?, ?>> object(String text) {
        try {
            Json json = new Json(text);
            Object value = json.value(0);
            json.space();
            return json.at == text.length() && value instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
        } catch (NotJson reason) {
            return Optional.empty();
        }
    }

    private Object value(int depth) {
        space();
        return switch (peek()) {
            case '{' -> map(depth + 1);
            case '[' -> list(depth + 1);
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> map(int depth) {
        enter(depth);
        Map<String, Object> map = new LinkedHashMap<>();
        if (!closes('}')) {
            do {
                space();
                String key = string();
                space();
                expect(':');
                map.put(key, value(depth));
            } while (continues('}'));
        }
        return map;
    }

    private List<Object> list(int depth) {
        enter(depth);
        List<Object> list = new ArrayList<>();
        if (!closes(']')) {
            do {
                list.add(value(depth));
            } while (continues(']'));
        }
        return list;
    }

    private void enter(int depth) {
        if (depth > MOST_DEPTH) {
            throw new NotJson();
        }
        at++;
    }

    private boolean closes(char end) {
        space();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean continues(char end) {
        space();
        char next = peek();
        at++;
        if (next != ',' && next != end) {
            throw new NotJson();
        }
        return next == ',';
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char next = take(); next != '"'; next = take()) {
            value.append(next == '\\' ? escaped() : next);
        }
        return value.toString();
    }

    private char escaped() {
        char kind = take();
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw new NotJson();
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(take(), 16);
            if (digit < 0) {
                throw new NotJson();
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private String word() {
        int start = at;
        while (at < text.length() && "+-.0123456789abcdefghijklmnopqrstuvwxyzE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == start) {
            throw new NotJson();
        }
        return text.substring(start, at);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at == text.length()) {
            throw new NotJson();
        }
        return text.charAt(at);
    }

    private char take() {
        char next = peek();
        at++;
        return next;
    }

    private void expect(char wanted) {
        if (take() != wanted) {
            throw new NotJson();
        }
    }
}
