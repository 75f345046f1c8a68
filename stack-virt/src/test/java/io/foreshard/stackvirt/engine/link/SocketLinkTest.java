package io.foreshard.stackvirt.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.engine.text.ReplyCodeProtocol;
import io.foreshard.stackvirt.spi.StackCodec;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.foreshard.stackvirt.spi.StackWire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a link does for a protocol that is not its own. */
class SocketLinkTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> told = new ArrayList<>();

    private SocketLink link(StackProtocol protocol) {
        SocketLink link = new SocketLink(
                channel,
                protocol,
                new LinkLimits(3, 1000, 100),
                new Recorder(told),
                () -> CompletableFuture.completedStage(StackFailure.EXITED));
        channel.pipeline().addLast(link);
        return link;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private String sent() {
        channel.runPendingTasks();
        StringBuilder all = new StringBuilder();
        for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
            all.append(each.toString(StandardCharsets.US_ASCII));
            each.release();
        }
        return all.toString();
    }

    @Test
    void messagesAndQuestionsAreAnsweredInLinesOfText() {
        SocketLink link = link(ReplyCodeProtocol.bird());
        assertTrue(link.send(7, bytes("show route for 10.1.2.3")));
        assertTrue(link.ping(-1));
        channel.writeInbound(bytes("0001 BIRD 2.0.12 ready.\n"));
        assertEquals("restrict\n", sent());
        channel.writeInbound(bytes("0016 Access restricted\n"));
        assertEquals("show route for 10.1.2.3\n", sent());
        channel.writeInbound(bytes("8001 Network not found\n"));
        assertEquals("show status\n", sent());
        channel.writeInbound(bytes("0013 Daemon is up and running\n"));
        assertEquals(List.of("reply 7 8001 Network not found\n", "pong -1"), told);
        assertFalse(channel.finish());
    }

    @Test
    void aMessageThatCannotBeSaidIsRefusedAndTakesNoPlace() {
        SocketLink link = link(ReplyCodeProtocol.bird());
        channel.writeInbound(bytes("0001 ready\n0016 Access restricted\n"));
        ByteBuf quit = bytes("quit");
        assertTrue(link.send(1, quit));
        assertEquals(0, quit.refCnt());
        assertTrue(link.send(2, bytes("a\nb")));
        assertTrue(link.send(3, bytes("show status")));
        assertEquals("restrict\nshow status\n", sent());
        assertEquals(List.of("error 1", "error 2"), told);
        for (int correlation = 4; correlation < 10; correlation++) {
            assertTrue(link.send(correlation, bytes("quit")));
            channel.runPendingTasks();
        }
        assertEquals(8, told.size());
        channel.close();
        channel.runPendingTasks();
        assertEquals("closed EXITED", told.get(8));
    }

    @Test
    void aStackThatSpeaksUnaskedIsCutOffAndWhatWaitsIsReleased() {
        SocketLink link = link(ReplyCodeProtocol.bird());
        ByteBuf waiting = bytes("show status");
        assertTrue(link.send(1, waiting));
        channel.writeInbound(bytes("junk"));
        channel.runPendingTasks();
        assertEquals(List.of("closed PROTOCOL_BROKEN"), told);
        assertEquals(0, waiting.refCnt());
        assertFalse(link.send(2, bytes("show status")));
        assertFalse(link.ping(-1));
        assertFalse(channel.isOpen());
    }

    @Test
    void aCodecIsNotBelievedEither() {
        ByteBuf reply = bytes("x");
        for (int way = 0; way < 3; way++) {
            int which = way;
            SocketLinkTest each = new SocketLinkTest();
            each.link(new Inventor(wire -> {
                switch (which) {
                    case 0 -> wire.reply(1, reply);
                    case 1 -> wire.refusal(1);
                    default -> wire.pong(1);
                }
            }));
            each.channel.writeInbound(bytes("anything"));
            assertEquals(List.of("closed PROTOCOL_BROKEN"), each.told);
        }
        assertEquals(0, reply.refCnt());
        assertFalse(channel.finish());
    }

    private interface Invention {
        void tell(StackWire wire);
    }

    /** A protocol whose codec invents answers. */
    private record Inventor(Invention invention) implements StackProtocol {

        @Override
        public String name() {
            return "inventor";
        }

        @Override
        public StackCodec open(StackWire wire, int largestMessage) {
            return new StackCodec() {
                @Override
                public boolean canSay(ByteBuf message) {
                    return true;
                }

                @Override
                public void message(long correlation, ByteBuf message) {
                    message.release();
                }

                @Override
                public void ping(long correlation) {
                    // Never asked.
                }

                @Override
                public void read(ByteBuf bytes) {
                    bytes.release();
                    invention.tell(wire);
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }
}
