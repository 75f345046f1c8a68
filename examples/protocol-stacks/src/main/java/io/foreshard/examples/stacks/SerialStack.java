package io.foreshard.examples.stacks;

import io.foreshard.stackvirt.engine.inprocess.InProcessMessage;
import io.foreshard.stackvirt.engine.inprocess.InProcessStack;
import io.foreshard.stackvirt.worker.StackHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** A stack in this process that answers one message after the other, each after its time, without keeping its event loop from others. */
final class SerialStack implements InProcessStack {

    private final StackHandler handler;
    private final EventLoop loop;
    private final long workNanos;
    private long freeAtNanos;
    private boolean isClosed;

    SerialStack(StackHandler handler, EventLoop loop, long workNanos) {
        this.handler = handler;
        this.loop = loop;
        this.workNanos = workNanos;
        freeAtNanos = loop.ticker().nanoTime();
    }

    @Override
    public void onMessage(InProcessMessage message) {
        long now = loop.ticker().nanoTime();
        freeAtNanos = Math.max(now, freeAtNanos) + workNanos;
        loop.schedule(() -> answer(message), freeAtNanos - now, TimeUnit.NANOSECONDS);
    }

    private void answer(InProcessMessage message) {
        if (isClosed) {
            return;
        }
        ByteBuf content = message.take();
        try {
            message.reply(Unpooled.copiedBuffer(handler.answer(content.nioBuffer())));
        } catch (Exception refused) {
            message.refuse();
        } finally {
            content.release();
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
