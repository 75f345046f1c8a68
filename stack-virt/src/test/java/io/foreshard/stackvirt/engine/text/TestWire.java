package io.foreshard.stackvirt.engine.text;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.stackvirt.spi.StackWire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a codec sends and tells. */
final class TestWire implements StackWire {

    final CountingAllocator allocator = new CountingAllocator();
    final StringBuilder sent = new StringBuilder();
    final List<String> told = new ArrayList<>();
    boolean isBroken;
    Runnable onReply = () -> {};

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public void write(ByteBuf bytes) {
        sent.append(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
    }

    @Override
    public boolean isMessage(long correlation) {
        return true;
    }

    @Override
    public boolean isPing(long correlation) {
        return true;
    }

    private void tell(String what) {
        assertFalse(isBroken, "told after the end");
        told.add(what);
    }

    @Override
    public void reply(long correlation, ByteBuf reply) {
        tell(correlation + " " + reply.toString(StandardCharsets.ISO_8859_1));
        reply.release();
        onReply.run();
    }

    @Override
    public void refusal(long correlation) {
        tell("refusal " + correlation);
    }

    @Override
    public void pong(long correlation) {
        tell("pong " + correlation);
    }

    @Override
    public void broken() {
        tell("broken");
        isBroken = true;
    }
}
