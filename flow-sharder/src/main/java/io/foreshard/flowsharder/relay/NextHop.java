package io.foreshard.flowsharder.relay;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The name of a next hop, taken apart. */
final class NextHop {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private NextHop() {}

    /** Returns the address that a name stands for, unresolved if it is a name; {@code null} if it is none. */
    static @Nullable InetSocketAddress parse(String name) {
        int colon = name.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        int port = port(name.substring(colon + 1));
        String host = host(name.substring(0, colon));
        return port < 1 || host == null ? null : address(host, port);
    }

    private static InetSocketAddress address(String host, int port) {
        byte[] numbers = NetUtil.createByteArrayFromIpAddressString(host);
        if (numbers == null) {
            return InetSocketAddress.createUnresolved(host, port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(numbers), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes: " + numbers.length, impossible);
        }
    }

    private static int port(String digits) {
        if (digits.isEmpty()
                || digits.length() > MAX_PORT_DIGITS
                || !digits.chars().allMatch(NextHop::isDigit)) {
            return 0;
        }
        int port = Integer.parseInt(digits);
        return port <= MAX_PORT ? port : 0;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static @Nullable String host(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            String inside = name.substring(1, name.length() - 1);
            return NetUtil.isValidIpV6Address(inside) ? inside : null;
        }
        return name.chars().allMatch(NextHop::mayBeInName) ? name : null;
    }

    private static boolean mayBeInName(int character) {
        return isDigit(character)
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '.'
                || character == '-'
                || character == '_';
    }
}
