package io.foreshard.stackvirt.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads any bytes, cut anywhere, as what a stack says. Replays the committed inputs as an ordinary test; with {@code JAZZER_FUZZ=1} it looks for
 * new ones.
 */
class ReplyReaderFuzzTest {

    private static final int LARGEST = 100;
    private static final int ASKED = 3;
    private static final Pattern LINE = Pattern.compile("\\d{4}[- ].*", Pattern.DOTALL);
    private static final Pattern HALF = Pattern.compile("\\d{0,4}|\\d{4}[- ].*", Pattern.DOTALL);

    /** What was read: the replies, and whether it ended with what is none. */
    private static final class Taken implements ReplyReader.Sink {

        private final List<String> replies = new ArrayList<>();
        private boolean broken;

        @Override
        public boolean expectsReply() {
            return replies.size() < ASKED;
        }

        @Override
        public void onReply(int code, ByteBuf reply) {
            assertTrue(!broken && reply.capacity() <= LARGEST, "a reply too many, or too long");
            replies.add(code + "/" + reply.toString(StandardCharsets.ISO_8859_1));
            reply.release();
        }

        @Override
        public void onBroken() {
            assertTrue(!broken, "broken after the end");
            broken = true;
        }
    }

    /** Reads all at once, line by line, by the rules alone. */
    private static Taken plainly(String stream) {
        Taken taken = new Taken();
        StringBuilder reply = new StringBuilder();
        int aside = 0;
        int from = 0;
        while (!taken.broken && from < stream.length()) {
            int end = stream.indexOf('\n', from);
            boolean whole = end >= 0;
            String line = stream.substring(from, whole ? end + 1 : stream.length());
            from += line.length();
            if (line.startsWith("+")) {
                aside += line.length();
                taken.broken = aside > LARGEST;
            } else if (!taken.expectsReply()
                    || reply.length() + line.length() > LARGEST
                    || !(line.startsWith(" ")
                            ? reply.length() > 0
                            : (whole ? LINE : HALF).matcher(line).matches())) {
                taken.broken = true;
            } else if (whole) {
                reply.append(line);
                if (line.charAt(0) != ' ' && line.charAt(4) == ' ') {
                    taken.replies.add(Integer.parseInt(line.substring(0, 4)) + "/" + reply);
                    reply.setLength(0);
                    aside = 0;
                }
            }
        }
        return taken;
    }

    /** The first byte says how the others are cut. */
    @FuzzTest(maxDuration = "3m")
    void anyBytesCutAnywhereAreTheSameRepliesAndLeaveNothingBehind(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int part = 1 + (input[0] & 0x3F);
        Taken wanted = plainly(new String(stream, StandardCharsets.ISO_8859_1));
        CountingAllocator allocator = new CountingAllocator();
        Taken taken = new Taken();
        ReplyReader reader = new ReplyReader(allocator, LARGEST, taken);
        for (int from = 0; from < stream.length; from += part) {
            ByteBuf piece = Unpooled.copiedBuffer(stream, from, Math.min(part, stream.length - from));
            reader.read(piece);
            assertEquals(0, piece.refCnt());
        }
        reader.close();
        reader.close();
        assertEquals(wanted.replies, taken.replies);
        assertEquals(wanted.broken, taken.broken);
        allocator.assertAllReleased();
    }
}
