package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.Reason;
import io.foreshard.flowsharder.spi.Node;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * The near end: takes connections of an application and spreads what they bring over relays to an {@link Egress}, which connects them to
 * their targets. Starts no thread: all happens on the event loops that it was given, a session and its legs on each. Any thread.
 */
public interface Ingress extends AutoCloseable {

    /**
     * Configures an ingress.
     *
     * @param group its event loops; stays the caller's
     * @param egress where the relays find the egress, or where it is if there are none; may be unresolved
     * @param secret at least 16 bytes, the same as the egress has; copied
     * @return a builder
     * @throws IllegalArgumentException if the secret is too short
     */
    static IngressBuilder builder(EventLoopGroup group, InetSocketAddress egress, byte[] secret) {
        return new IngressBuilder(group, egress, secret);
    }

    /**
     * Accepts connections that all go to one target.
     *
     * @param local where
     * @param target {@code host:port}, resolved at the egress; an IPv6 address in brackets
     * @return the bound channel, to be closed by the caller
     * @throws IllegalArgumentException if the target is no {@code host:port}
     */
    Future<Channel> forward(SocketAddress local, String target);

    /**
     * Accepts connections that a handler looks at first: it speaks a protocol with them until it knows where to, then calls
     * {@link #carry}.
     *
     * @param local where
     * @param accepted sets up each connection, which is not read before that handler asks for it
     * @return the bound channel, to be closed by the caller
     */
    Future<Channel> listen(SocketAddress local, ChannelHandler accepted);

    /**
     * Carries a connection to a target from now on: both directions, their ends, and resets. To be called on the connection's event loop;
     * handlers that should see nothing of it are to be removed before. What they hold is to be fired through the pipeline after the call.
     *
     * @param connection active
     * @param target {@code host:port}, resolved at the egress
     * @return whether it is carried; if not, there are too many flows, and it was reset
     */
    boolean carry(Channel connection, String target);

    /**
     * Like {@link #carry(Channel, String)}, for a protocol that answers when the target is connected. What the connection brings
     * meanwhile is sent ahead.
     *
     * @param connection active
     * @param target {@code host:port}, resolved at the egress
     * @param listener told once what became of the target, maybe during this call; nothing if the connection is closed before
     */
    void carry(Channel connection, String target, TargetListener listener);

    /**
     * Changes the nodes that shards go over: new legs are opened before old ones are left, and nothing is lost.
     *
     * @param nodes the node of each shard, from shard 0 on, a node may carry several; or all there are, where policies choose
     */
    void place(List<Node> nodes);

    /**
     * Says that a node is to be stopped, so that its shards move away, or that it may be used again. Without effect unless shards are placed
     * by policies ({@link IngressBuilder#steered}).
     *
     * @param nodeId its name
     * @param drains whether it is to be stopped
     */
    void drain(String nodeId, boolean drains);

    /**
     * Tells what is known of a node's host, for the policies.
     *
     * @param nodeId its name
     * @param load from any source of telemetry
     */
    void load(String nodeId, NodeLoad load);

    /** Returns what the legs do, as of now. */
    Future<List<LegReport>> legs();

    /** Returns how often things happened that an operator may want to know of. */
    Map<Reason, Long> counters();

    /** Ends all flows at once and closes all legs; returns when that has begun. Channels that were bound stay open. */
    @Override
    void close();
}
