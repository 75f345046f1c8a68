package io.foreshard.stackvirt.engine.text;

import io.foreshard.stackvirt.spi.StackCodec;
import io.foreshard.stackvirt.spi.StackWire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Says one request after the other, and reads one reply at a time. How many wait is bounded by the link. */
final class ReplyCodeCodec implements StackCodec, ReplyReader.Sink {

    private static final int LINE_END = '\n';
    private static final int FIRST_PRINTABLE = ' ';
    private static final int LAST_PRINTABLE = '~';

    private final ReplyCodeProtocol protocol;
    private final StackWire wire;
    private final ReplyReader reader;
    private final Queue<Request> waiting = new ArrayDeque<>();
    /** What the stack is to say next; a stack that was asked nothing says nothing. */
    private @Nullable Request asked;

    private boolean closed;

    /** Why the stack is asked. */
    private enum Purpose {
        GREETING,
        OPENING,
        MESSAGE,
        PING
    }

    /** Owns its text until it is sent. */
    private record Request(Purpose purpose, long correlation, ByteBuf text) {}

    ReplyCodeCodec(ReplyCodeProtocol protocol, StackWire wire, int largestReply) {
        this.protocol = protocol;
        this.wire = wire;
        reader = new ReplyReader(wire.allocator(), largestReply, this);
        asked = new Request(Purpose.GREETING, 0, Unpooled.EMPTY_BUFFER);
        protocol.opening().forEach(each -> waiting.add(new Request(Purpose.OPENING, 0, text(each))));
    }

    private ByteBuf text(String request) {
        return ByteBufUtil.writeAscii(wire.allocator(), request);
    }

    @Override
    public boolean canSay(ByteBuf message) {
        int length = message.readableBytes();
        if (length < 1 || length > protocol.longestRequest()) {
            return false;
        }
        int from = message.readerIndex();
        boolean foreign =
                message.forEachByte(from, length, value -> value >= FIRST_PRINTABLE && value <= LAST_PRINTABLE) >= 0;
        int wordEnd = message.forEachByte(from, length, ReplyCodeCodec::isLetter);
        int word = wordEnd < 0 ? length : wordEnd - from;
        return !foreign
                && word > 0
                && !protocol.withheld()
                        .contains(message.toString(from, word, StandardCharsets.US_ASCII)
                                .toLowerCase(Locale.ROOT));
    }

    private static boolean isLetter(byte value) {
        return (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z');
    }

    @Override
    public void message(long correlation, ByteBuf message) {
        add(new Request(Purpose.MESSAGE, correlation, message));
    }

    @Override
    public void ping(long correlation) {
        add(new Request(Purpose.PING, correlation, text(protocol.question())));
    }

    private void add(Request request) {
        waiting.add(request);
        askNext();
    }

    private void askNext() {
        if (asked == null && !closed) {
            Request next = waiting.poll();
            if (next != null) {
                asked = next;
                wire.write(next.text());
                wire.write(wire.allocator().ioBuffer(1).writeByte(LINE_END));
            }
        }
    }

    @Override
    public void read(ByteBuf bytes) {
        reader.read(bytes);
    }

    @Override
    public boolean expectsReply() {
        return asked != null;
    }

    @Override
    public void onReply(int code, ByteBuf reply) {
        Request answered = asked;
        asked = null;
        if (answered == null) {
            reply.release();
            onBroken();
        } else if (answered.purpose() == Purpose.MESSAGE) {
            wire.reply(answered.correlation(), reply);
        } else {
            reply.release();
            heard(answered, code);
        }
        askNext();
    }

    private void heard(Request answered, int code) {
        boolean well = answered.purpose() == Purpose.GREETING ? code == protocol.greeting() : ReplyReader.isGood(code);
        if (!well) {
            onBroken();
        } else if (answered.purpose() == Purpose.PING) {
            wire.pong(answered.correlation());
        }
    }

    @Override
    public void onBroken() {
        close();
        wire.broken();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
            waiting.forEach(request -> request.text().release());
            waiting.clear();
        }
    }
}
