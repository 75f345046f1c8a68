package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;

/** Writes down in words what a link tells. */
final class Recorder implements StackLink.Listener {

    private final Collection<String> told;
    private final Function<String, Object> words;

    Recorder(Collection<String> told) {
        this(told, reply -> reply);
    }

    /** With the words for the text of a reply. */
    Recorder(Collection<String> told, Function<String, Object> words) {
        this.told = told;
        this.words = words;
    }

    @Override
    public void onReply(long correlation, ByteBuf reply) {
        told.add("reply " + correlation + " " + words.apply(reply.toString(StandardCharsets.UTF_8)));
        reply.release();
    }

    @Override
    public void onError(long correlation) {
        told.add("error " + correlation);
    }

    @Override
    public void onPong(long correlation) {
        told.add("pong " + correlation);
    }

    @Override
    public void onWritable() {
        told.add("writable");
    }

    @Override
    public void onClosed(StackFailure failure) {
        told.add("closed " + failure);
    }
}
