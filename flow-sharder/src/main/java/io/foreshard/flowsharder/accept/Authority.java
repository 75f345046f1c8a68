package io.foreshard.flowsharder.accept;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of targets, as clients write them. What is none never leaves here. */
final class Authority {

    private static final int MOST_PORT = 65_535;
    private static final int MOST_CHARS = 262;
    private static final Pattern FORM =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}");

    private Authority() {}

    /** Returns the name as it is, {@code null} if it is no {@code host:port}. */
    static @Nullable String check(String text) {
        if (text.length() > MOST_CHARS || !FORM.matcher(text).matches()) {
            return null;
        }
        int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
        return port < 1 || port > MOST_PORT ? null : text;
    }
}
