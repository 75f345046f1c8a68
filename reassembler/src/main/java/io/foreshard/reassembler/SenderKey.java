package io.foreshard.reassembler;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sender address and session id. Comparable, so that a hash map, which sorts what collides in it, stays fast when a stranger
 * chooses keys that collide.
 */
record SenderKey(@Nullable SocketAddress sender, long sessionId) implements Comparable<SenderKey> {

    @Override
    public int compareTo(SenderKey other) {
        int order = Long.compare(sessionId, other.sessionId);
        return order != 0 ? order : compare(sender, other.sender);
    }

    private static int compare(@Nullable SocketAddress a, @Nullable SocketAddress b) {
        if (a instanceof InetSocketAddress x
                && b instanceof InetSocketAddress y
                && !x.isUnresolved()
                && !y.isUnresolved()) {
            int order = Integer.compare(x.getPort(), y.getPort());
            return order != 0
                    ? order
                    : Arrays.compare(x.getAddress().getAddress(), y.getAddress().getAddress());
        }
        return String.valueOf(a).compareTo(String.valueOf(b));
    }
}
