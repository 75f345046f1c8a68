package io.foreshard.reassembler;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A whole message on its way up a pipeline. Owns its content: the handler that takes it releases it. Compares by content, as all
 * holders do.
 */
public final class ReassembledMessage extends DefaultByteBufHolder {

    private final MessageInfo info;
    private final @Nullable SocketAddress sender;

    /**
     * Makes a message.
     *
     * @param info what is known of it
     * @param sender where it came from, {@code null} if the channel does not know
     * @param content its content; ownership passes to the new object
     */
    public ReassembledMessage(MessageInfo info, @Nullable SocketAddress sender, ByteBuf content) {
        super(content);
        this.info = info;
        this.sender = sender;
    }

    /** {@return what is known of the message} */
    public MessageInfo info() {
        return info;
    }

    /** {@return where the message came from, {@code null} if the channel does not know} */
    public @Nullable SocketAddress sender() {
        return sender;
    }

    @Override
    public ReassembledMessage copy() {
        return replace(content().copy());
    }

    @Override
    public ReassembledMessage duplicate() {
        return replace(content().duplicate());
    }

    @Override
    public ReassembledMessage retainedDuplicate() {
        return replace(content().retainedDuplicate());
    }

    @Override
    public ReassembledMessage replace(ByteBuf content) {
        return new ReassembledMessage(info, sender, content);
    }

    @Override
    public ReassembledMessage retain() {
        super.retain();
        return this;
    }

    @Override
    public ReassembledMessage retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public ReassembledMessage touch() {
        super.touch();
        return this;
    }

    @Override
    public ReassembledMessage touch(Object hint) {
        super.touch(hint);
        return this;
    }
}
