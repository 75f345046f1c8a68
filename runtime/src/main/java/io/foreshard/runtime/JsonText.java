package io.foreshard.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes JSON (RFC 8259), two spaces for each level. Knows maps, lists, and the rest by its text: numbers and truths bare, all else quoted. */
public final class JsonText {

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /**
     * Writes a value.
     *
     * @param value a map, a list, a number, a truth, or what is written by its text
     * @return ends with a line break
     */
    public static String of(Object value) {
        JsonText json = new JsonText();
        json.write(value, "\n");
        return json.text.append('\n').toString();
    }

    /**
     * Makes a map in the order of its arguments.
     *
     * @param namesAndValues a name, its value, and so on
     */
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    private void write(Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            map.forEach((name, member) -> {
                next('{', line);
                quote(name.toString());
                text.append(": ");
                write(member, line + "  ");
            });
            text.append(line).append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (Object member : list) {
                next('[', line);
                write(member, line + "  ");
            }
            text.append(line).append(']');
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quote(value.toString());
        }
    }

    private void next(char bracket, String line) {
        if (text.charAt(text.length() - 1) != bracket) {
            text.append(',');
        }
        text.append(line).append("  ");
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each < ' ') {
                text.append(String.format("\\u%04x", (int) each));
                continue;
            }
            if (each == '"' || each == '\\') {
                text.append('\\');
            }
            text.append(each);
        }
        text.append('"');
    }
}
