package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.buffer.ByteBuf;

/** Passes on what comes from a stack: signs of life and its end to the manager, everything that is about messages to who sent them. */
final class WatchedLink implements StackLink.Listener {

    private final ManagedStack stack;
    private final StackLink.Listener messages;

    WatchedLink(ManagedStack stack, StackLink.Listener messages) {
        this.stack = stack;
        this.messages = messages;
    }

    @Override
    public void onReply(long correlation, ByteBuf reply) {
        messages.onReply(correlation, reply);
    }

    @Override
    public void onError(long correlation) {
        messages.onError(correlation);
    }

    @Override
    public void onPong(long correlation) {
        stack.onPong(correlation);
    }

    @Override
    public void onWritable() {
        messages.onWritable();
    }

    @Override
    public void onClosed(StackFailure failure) {
        messages.onClosed(failure);
        stack.onClosed(failure);
    }
}
