package io.foreshard.examples.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON strictly by RFC 8259 and without the writer's help: objects as maps, arrays as lists, numbers as doubles, null as
 * {@link #NULL}.
 */
final class Json {

    static final Object NULL = "\0null";

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blank();
        if (json.at != text.length()) {
            throw json.fault();
        }
        return value;
    }

    /** The value at a path of member names and indices. */
    static Object at(Object value, Object... path) {
        Object found = value;
        for (Object step : path) {
            found = step instanceof Integer index ? ((List<?>) found).get(index) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    private IllegalStateException fault() {
        return new IllegalStateException(
                "at " + at + ": " + text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 40)));
    }

    private void blank() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private Object value() {
        blank();
        if (take("{")) {
            return object();
        }
        if (take("[")) {
            return array();
        }
        if (take("\"")) {
            return string();
        }
        if (take("null")) {
            return NULL;
        }
        if (take("true")) {
            return true;
        }
        if (take("false")) {
            return false;
        }
        return number();
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        blank();
        if (take("}")) {
            return members;
        }
        do {
            blank();
            require("\"");
            String name = string();
            blank();
            require(":");
            if (members.put(name, value()) != null) {
                throw fault();
            }
            blank();
        } while (take(","));
        require("}");
        return members;
    }

    private List<Object> array() {
        List<Object> items = new ArrayList<>();
        blank();
        if (take("]")) {
            return items;
        }
        do {
            items.add(value());
            blank();
        } while (take(","));
        require("]");
        return items;
    }

    private void require(String token) {
        if (!take(token)) {
            throw fault();
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        while (!take("\"")) {
            char symbol = text.charAt(at++);
            if (symbol < ' ') {
                throw fault();
            }
            out.append(symbol == '\\' ? escaped() : symbol);
        }
        return out.toString();
    }

    private char escaped() {
        char symbol = text.charAt(at++);
        if (symbol == 'u') {
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }
        int place = "\"\\/bfnrt".indexOf(symbol);
        if (place < 0) {
            throw fault();
        }
        return "\"\\/\b\f\n\r\t".charAt(place);
    }

    private Double number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(from, at);
        if (!number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw fault();
        }
        return Double.valueOf(number);
    }
}
