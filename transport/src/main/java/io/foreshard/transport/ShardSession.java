package io.foreshard.transport;

import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.reassembler.MessageProgress;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session with one peer that sends and receives messages. Safe for use by several threads; callbacks and completed futures run on
 * the session's event loop.
 */
public interface ShardSession {

    /**
     * Sends a message.
     *
     * @param message its content, at least 1 byte; ownership passes to the session, which releases it when the future completes
     * @param options what it is promised
     * @return completes when the receiver has delivered the message whole, and fails with a {@link MessageFailedException}
     *     otherwise; never because of a full network buffer
     */
    Future<Void> send(ByteBuf message, MessageOptions options);

    /** Returns whether more should be sent now; see {@link SessionListener#onWritabilityChanged}. */
    boolean isWritable();

    /** Returns whether the session is open. */
    boolean isOpen();

    /** Returns where the peer is, as last validated. */
    SocketAddress remoteAddress();

    /** Returns where the session is meant to end, as told by the peer for relays, or {@code null} when it ends here. */
    @Nullable
    InetSocketAddress destination();

    /** Returns what the path is expected to be like. */
    PathOutlook outlook();

    /** Returns whether forecasts decide on the path, why, and the numbers that this rests on. */
    GateReport gate();

    /**
     * Foretells when the messages that are arriving will be whole: how much of each is here, how likely it completes, and when.
     *
     * @return completes on the session's event loop with one forecast per unfinished message
     */
    Future<List<MessageProgress>> arriving();

    /** Returns what was counted so far. */
    SessionStats stats();

    /**
     * Ends the session: the peer is told, open messages fail.
     *
     * @return completes when the session is closed
     */
    Future<Void> close();
}
