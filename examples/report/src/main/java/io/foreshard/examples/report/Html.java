package io.foreshard.examples.report;

/** Text as HTML. */
final class Html {

    private Html() {}

    /** Escapes for element content and quoted attributes; control characters but tab and line feed are left out. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int index = 0; index < text.length(); index++) {
            append(out, text.charAt(index));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, char symbol) {
        switch (symbol) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> {
                if (symbol >= ' ' || symbol == '\t' || symbol == '\n') {
                    out.append(symbol);
                }
            }
        }
    }
}
