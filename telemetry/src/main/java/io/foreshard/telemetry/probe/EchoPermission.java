package io.foreshard.telemetry.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process may send ICMP. Without the permission the JDK would open a TCP connection to port 7 instead and not say so, which
 * measures something else.
 */
final class EchoPermission {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";
    private static final int NET_RAW_BIT = 13;
    private static final int HEXADECIMAL = 16;

    private EchoPermission() {}

    /** Returns why not, or {@code null} if it may. Reads a file. */
    static @Nullable String missing() {
        try {
            return missing(Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1));
        } catch (IOException notLinux) {
            return "cannot tell whether ICMP is permitted, as " + STATUS + " cannot be read";
        }
    }

    static @Nullable String missing(List<String> status) {
        for (String line : status) {
            if (line.startsWith(EFFECTIVE)) {
                return mayUseRawSockets(line.substring(EFFECTIVE.length()).trim())
                        ? null
                        : "ICMP is not permitted (expected: root or CAP_NET_RAW)";
            }
        }
        return "cannot tell whether ICMP is permitted, as " + STATUS + " names no capabilities";
    }

    private static boolean mayUseRawSockets(String capabilities) {
        try {
            return (Long.parseUnsignedLong(capabilities, HEXADECIMAL) >>> NET_RAW_BIT & 1) != 0;
        } catch (NumberFormatException unreadable) {
            return false;
        }
    }
}
