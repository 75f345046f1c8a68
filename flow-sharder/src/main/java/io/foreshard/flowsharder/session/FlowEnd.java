package io.foreshard.flowsharder.session;

import io.netty.buffer.ByteBuf;

/** The local end of a flow. Called on the session's event loop. */
public interface FlowEnd {

    /**
     * The next piece of the stream; {@link Flow#taken} tells when it has gone on.
     *
     * @param piece belongs to the end
     */
    void onData(ByteBuf piece);

    /** All pieces of this read were handed over. */
    void onDataComplete();

    /** The stream is over; the other direction may go on. */
    void onEnd();

    /**
     * The flow is over at once, both ways. Nothing more is called.
     *
     * @param reason why
     */
    void onReset(ResetReason reason);

    /** The other side has the target of the flow: comes once, before anything else that it sends. Not at the side that has the target. */
    void onConnected();

    /** There is room again for what the end wants to send. */
    void onRoom();
}
