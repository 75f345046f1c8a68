package io.foreshard.examples.stacks.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers DNS queries (RFC 1035) from a small zone: addresses of the documentation range for what it knows, NXDOMAIN for other names, FORMERR for what is
 * no query. Refuses what it must not answer, such as an answer.
 */
public final class DnsHandler extends WorkingHandler {

    private static final Set<String> ZONE =
            Set.of("1kxun.com", "1kxun.mobi", "capptain.com", "labgency.ws", "whatsapp.net", "example.org");

    private static final int HEADER = 12;
    private static final int ANSWER = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;
    private static final int TIME_TO_LIVE = 60;
    private static final int POINTER_TO_QUESTION = 0xC000 | HEADER;

    private static final int NO_ERROR = 0;
    private static final int FORMAT_ERROR = 1;
    private static final int NO_SUCH_NAME = 3;
    private static final int NOT_IMPLEMENTED = 4;
    private static final int REFUSED = 5;

    /** Made by the worker program; takes as long for a message as the environment says. */
    public DnsHandler() {
        this(workNanos());
    }

    /**
     * Makes one.
     *
     * @param workNanos how long it takes for a message
     */
    public DnsHandler(long workNanos) {
        super(workNanos);
    }

    /** The question of a query, with what it came as. */
    private record Question(String name, int type, int dnsClass, ByteBuffer bytes) {}

    @Override
    ByteBuffer reply(ByteBuffer message) {
        ByteBuffer query = message.slice();
        if (query.capacity() < 4 || (query.getShort(2) & ANSWER) != 0) {
            throw new IllegalArgumentException("no query");
        }
        int flags = query.getShort(2) & 0xFFFF;
        if ((flags & OPCODE) != 0) {
            return header(query, NOT_IMPLEMENTED);
        }
        Question question = question(query);
        if (question == null) {
            return header(query, FORMAT_ERROR);
        }
        if (question.dnsClass() != CLASS_IN) {
            return answer(query, REFUSED, question);
        }
        return answer(query, isKnown(question.name()) ? NO_ERROR : NO_SUCH_NAME, question);
    }

    /** Returns null if there is not exactly one that makes sense. */
    private static @Nullable Question question(ByteBuffer query) {
        if (query.capacity() < HEADER || query.getShort(4) != 1) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (at < query.capacity() && query.get(at) != 0) {
            int length = query.get(at) & 0xFF;
            if (length > LONGEST_LABEL
                    || at + 1 + length >= query.capacity()
                    || at + length - HEADER >= LONGEST_NAME - 1) {
                return null;
            }
            byte[] label = new byte[length];
            query.get(at + 1, label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
            at += 1 + length;
        }
        int end = at + 5;
        if (end > query.capacity()) {
            return null;
        }
        return new Question(
                name.toString().toLowerCase(Locale.ROOT),
                query.getShort(at + 1) & 0xFFFF,
                query.getShort(at + 3) & 0xFFFF,
                query.slice(HEADER, end - HEADER));
    }

    private static boolean isKnown(String name) {
        for (int at = 0; at >= 0; at = name.indexOf('.', at + 1)) {
            if (ZONE.contains(name.substring(at == 0 ? 0 : at + 1))) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer header(ByteBuffer query, int code) {
        return begin(query, code, HEADER).flip();
    }

    private static ByteBuffer begin(ByteBuffer query, int code, int length) {
        int echoed = query.getShort(2) & (OPCODE | RECURSION_DESIRED);
        return ByteBuffer.allocate(length)
                .putShort(query.getShort(0))
                .putShort((short) (ANSWER | echoed | AUTHORITATIVE | code))
                .putLong(0);
    }

    private static ByteBuffer answer(ByteBuffer query, int code, Question question) {
        boolean hasAddress = code == NO_ERROR && question.type() == TYPE_A;
        int length = HEADER + question.bytes().capacity() + (hasAddress ? 16 : 0);
        ByteBuffer reply = begin(query, code, length);
        reply.putShort(4, (short) 1).putShort(6, (short) (hasAddress ? 1 : 0));
        reply.put(question.bytes());
        if (hasAddress) {
            reply.putShort((short) POINTER_TO_QUESTION).putShort((short) TYPE_A).putShort((short) CLASS_IN);
            reply.putInt(TIME_TO_LIVE).putShort((short) 4);
            reply.put(new byte[] {
                (byte) 192, 0, 2, (byte) (1 + Math.floorMod(question.name().hashCode(), 254))
            });
        }
        return reply.flip();
    }
}
