package io.foreshard.reassembler;

import io.netty.buffer.ByteBuf;

/** Releases what it gets. */
final class IgnoringListener implements ReassemblyListener {

    @Override
    public void onMessage(ShardSource source, MessageInfo info, ByteBuf message) {
        message.release();
    }

    @Override
    public void onFailure(ShardSource source, MessageFailure failure) {
        ByteBuf partial = failure.partial();
        if (partial != null) {
            partial.release();
        }
    }

    @Override
    public void onFeedbackDue(ShardSource source) {
        // Nobody to ask.
    }
}
