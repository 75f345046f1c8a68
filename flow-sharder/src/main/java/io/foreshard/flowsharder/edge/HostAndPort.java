package io.foreshard.flowsharder.edge;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Names of targets: {@code host:port}, an IPv6 address in brackets. */
final class HostAndPort {

    private static final int MOST_PORT = 65_535;

    private HostAndPort() {}

    /** Returns an address that is yet to be resolved, {@code null} where the name is none. */
    static @Nullable InetSocketAddress parse(String name) {
        int colon = name.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        String host = name.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            return null;
        }
        int port = port(name.substring(colon + 1));
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return port < 1 || bare.isEmpty() ? null : InetSocketAddress.createUnresolved(bare, port);
    }

    private static int port(String digits) {
        try {
            int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
            return port > MOST_PORT ? 0 : port;
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Returns the name of an address. */
    static String format(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
