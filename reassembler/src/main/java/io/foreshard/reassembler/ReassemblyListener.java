package io.foreshard.reassembler;

import io.netty.buffer.ByteBuf;

/**
 * Is told how the messages of a source end. Called synchronously on the engine's thread; what it throws is caught and counted as
 * {@link ReassemblyReason#LISTENER_FAILED}.
 */
public interface ReassemblyListener {

    /**
     * Takes a whole message whose checksum holds.
     *
     * @param source its sender
     * @param info the message
     * @param message its content without trailer; passes to the listener, who releases it
     */
    void onMessage(ShardSource source, MessageInfo info, ByteBuf message);

    /**
     * Takes the failure of a message.
     *
     * @param source its sender
     * @param failure what failed and why; its partial content, if there is any, passes to the listener, who releases it
     */
    void onFailure(ShardSource source, MessageFailure failure);

    /**
     * Is told that a request waits: an acknowledgement with {@link Reassembler#collectFeedback} should be sent soon. Told once
     * until the feedback is collected.
     *
     * @param source its sender
     */
    void onFeedbackDue(ShardSource source);
}
