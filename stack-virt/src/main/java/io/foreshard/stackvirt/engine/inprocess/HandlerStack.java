package io.foreshard.stackvirt.engine.inprocess;

import io.foreshard.stackvirt.worker.StackHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** Runs in this process what a worker program would run in its own. */
final class HandlerStack implements InProcessStack {

    private final StackHandler handler;

    HandlerStack(StackHandler handler) {
        this.handler = handler;
    }

    @Override
    public void onMessage(InProcessMessage message) throws Exception {
        ByteBuf content = message.take();
        ByteBuf reply;
        try {
            ByteBuffer answer = handler.answer(content.nioBuffer());
            // It may be the message's own memory, which is released below.
            reply = Unpooled.copiedBuffer(answer);
        } finally {
            content.release();
        }
        message.reply(reply);
    }

    @Override
    public void close() {
        // A handler holds nothing that it must be told to give back.
    }
}
