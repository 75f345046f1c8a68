package io.foreshard.transport;

import io.foreshard.reassembler.MessageFailure;
import io.foreshard.reassembler.MessageInfo;
import io.netty.buffer.ByteBuf;

/**
 * What an application hears of its sessions. Called on the session's event loop, must not block; an exception is logged and counted and
 * does no harm to the session.
 */
public interface SessionListener {

    /**
     * A session is open, by {@link ShardEndpoint#connect} or by a peer.
     *
     * @param session the session
     */
    default void onOpen(ShardSession session) {}

    /**
     * A message has arrived whole and will be committed to its sender, also when this method throws: what must not be lost is to be
     * stored before it returns, or sent on with its own confirmation.
     *
     * @param session where it came from
     * @param info what it is
     * @param message the content; ownership passes to the listener, which releases it
     */
    void onMessage(ShardSession session, MessageInfo info, ByteBuf message);

    /**
     * A message could not be put together.
     *
     * @param session where it came from
     * @param failure why, and what is missing; its partial content, if any, is owned by the listener
     */
    default void onFailure(ShardSession session, MessageFailure failure) {
        ByteBuf partial = failure.partial();
        if (partial != null) {
            partial.release();
        }
    }

    /**
     * The session has room for more, or no longer.
     *
     * @param session the session
     * @param writable whether more should be sent
     */
    default void onWritabilityChanged(ShardSession session, boolean writable) {}

    /**
     * The session has ended; its open messages have failed.
     *
     * @param session the session
     */
    default void onClose(ShardSession session) {}
}
