package io.foreshard.flowsharder.edge;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Names of targets: {@code host:port}, an IPv6 address in brackets. */
final class HostAndPort {

    private static final int MOST_PORT = 65_535;
    private static final int MOST_DIGITS = 5;

    private HostAndPort() {}

    /** Returns an address that is yet to be resolved, {@code null} where the name is none. */
    static @Nullable InetSocketAddress parse(String name) {
        int colon = name.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        String host = host(name.substring(0, colon));
        int port = port(name.substring(colon + 1));
        return port < 1 || host == null ? null : InetSocketAddress.createUnresolved(host, port);
    }

    private static @Nullable String host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inside = text.substring(1, text.length() - 1);
            return inside.indexOf('[') < 0 && NetUtil.isValidIpV6Address(inside) ? inside : null;
        }
        return text.chars().allMatch(HostAndPort::mayBeInName) ? text : null;
    }

    /** What resolvers would trim, or take for something else, is no part of a name (RFC 1123, and the underscore). */
    private static boolean mayBeInName(int character) {
        return isDigit(character)
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || "._-".indexOf(character) >= 0;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** Returns 0 where there is none. ASCII digits only, which {@link Integer#parseInt} is not so strict about. */
    private static int port(String text) {
        if (!text.chars().allMatch(HostAndPort::isDigit) || text.isEmpty() || text.length() > MOST_DIGITS) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port > MOST_PORT ? 0 : port;
    }

    /** Returns the name of an address. */
    static String format(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
