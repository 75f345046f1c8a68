package io.foreshard.stackvirt.engine.inprocess;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a stack, and back as its answer. Whoever takes its content owns it: the stack, or the link when it is closed before;
 * never both, however far the stack hangs behind.
 */
public final class InProcessMessage {

    private static final VarHandle CONTENT;

    static {
        try {
            CONTENT = MethodHandles.lookup().findVarHandle(InProcessMessage.class, "content", ByteBuf.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final InProcessLink link;
    private final Kind kind;
    private final long correlation;
    private final int bytes;

    private volatile @Nullable ByteBuf content;
    /** Written by the loop of the stack, read by that of the link once the message has come back. */
    private @Nullable ByteBuf answer;

    private boolean answered;

    /** What it is. */
    enum Kind {
        MESSAGE,
        PING
    }

    InProcessMessage(InProcessLink link, Kind kind, long correlation, ByteBuf content) {
        this.link = link;
        this.kind = kind;
        this.correlation = correlation;
        this.bytes = content.readableBytes();
        this.content = content;
    }

    Kind kind() {
        return kind;
    }

    long correlation() {
        return correlation;
    }

    int bytes() {
        return bytes;
    }

    /**
     * Takes the content; on the event loop of the stack, at most once.
     *
     * @return belongs to the caller, who releases it; empty if the link has been closed meanwhile or the content was taken before
     */
    public ByteBuf take() {
        ByteBuf mine = takeOrNull();
        return mine == null ? Unpooled.EMPTY_BUFFER : mine;
    }

    private @Nullable ByteBuf takeOrNull() {
        return content == null ? null : (ByteBuf) CONTENT.getAndSet(this, null);
    }

    void releaseContent() {
        ByteBuf left = takeOrNull();
        if (left != null) {
            left.release();
        }
    }

    boolean isAnswered() {
        return answered;
    }

    /**
     * Answers the message; on the event loop of the stack.
     *
     * @param reply taken over in any case
     * @throws IllegalStateException if it was answered or refused before
     */
    public void reply(ByteBuf reply) {
        if (answered) {
            reply.release();
            throw new IllegalStateException("message " + correlation + ": answered (expected: one answer)");
        }
        finish(reply);
    }

    /**
     * Refuses the message; on the event loop of the stack.
     *
     * @throws IllegalStateException if it was answered or refused before
     */
    public void refuse() {
        if (answered) {
            throw new IllegalStateException("message " + correlation + ": answered (expected: one answer)");
        }
        finish(null);
    }

    void finish(@Nullable ByteBuf reply) {
        answered = true;
        answer = reply;
        releaseContent();
        link.giveBack(this);
    }

    /** Returns the answer, or null if there is none; on the event loop of the link, once. */
    @Nullable
    ByteBuf takeAnswer() {
        ByteBuf mine = answer;
        answer = null;
        return mine;
    }
}
