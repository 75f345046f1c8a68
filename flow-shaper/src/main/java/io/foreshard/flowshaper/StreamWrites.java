package io.foreshard.flowshaper;

import io.netty.channel.ChannelPromise;

/** What becomes of what is written to a stream. Confined to the channel's event loop. */
interface StreamWrites {

    /** Takes a message and its ownership. */
    void write(Object message, ChannelPromise promise);

    /** Ends the shaping: what waits is sent, or dropped. */
    void end(boolean send);
}
