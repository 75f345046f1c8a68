package io.foreshard.stackvirt.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations as BIRD 2 has them, and such as it never should. */
class ReplyCodeCodecTest {

    private static final int LARGEST = 200;
    private static final String ROUTE = "1007-Table master4:\n 10.1.0.0/16  blackhole [t4] * (200)\n0000 \n";

    private final TestWire wire = new TestWire();
    private final StackCodec codec = ReplyCodeProtocol.bird().open(wire, LARGEST);

    @AfterEach
    void nothingIsLeft() {
        codec.close();
        codec.close();
        wire.allocator.assertAllReleased();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private void hear(String text) {
        ByteBuf bytes = bytes(text);
        codec.read(bytes);
        assertEquals(0, bytes.refCnt());
    }

    private void open() {
        hear("0001 BIRD 2.0.12 ready.\n");
        hear("0016 Access restricted\n");
    }

    private void say(long correlation, String text) {
        ByteBuf message = wire.allocator.buffer().writeBytes(bytes(text));
        assertTrue(codec.canSay(message), text);
        codec.message(correlation, message);
    }

    @Test
    void aStackThatWasNotHeardIsAskedNothing() {
        say(1, "show route for 10.1.2.3");
        codec.ping(-1);
        assertEquals("", wire.sent.toString());
        hear("0001 BIRD 2.0.12 ready.\n");
        assertEquals("restrict\n", wire.sent.toString());
        hear("0016 Access restricted\n");
        assertEquals("restrict\nshow route for 10.1.2.3\n", wire.sent.toString());
        hear(ROUTE);
        assertEquals("restrict\nshow route for 10.1.2.3\nshow status\n", wire.sent.toString());
        hear("1000-BIRD 2.0.12\n0013 Daemon is up and running\n");
        assertEquals(List.of("1 " + ROUTE, "pong -1"), wire.told);
    }

    @Test
    void repliesAreReadWhateverTheyAreCutIntoAndErrorsAreReplies() {
        open();
        say(1, "show route for 10.1.2.3");
        say(2, "show nonsense");
        String all = "+ <INFO> an aside\n1007-Table master4:\n+another\n 10.1.0.0/16\n0000 \n9001 syntax error\n";
        all.chars().forEach(each -> hear(Character.toString(each)));
        assertEquals(List.of("1 1007-Table master4:\n 10.1.0.0/16\n0000 \n", "2 9001 syntax error\n"), wire.told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1007 unasked\n",
                "0",
                " more\n",
                "\n",
            })
    void whatNobodyAskedForBreaksTheProtocolAtItsFirstByte(String unasked) {
        open();
        hear(unasked.substring(0, 1));
        assertEquals(List.of("broken"), wire.told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", " 1000-", "\n", "10\n", "0000\n", "0000x", "00a", "1000-a\n-", "1000-a\n1000", "-001 "})
    void whatIsNoReplyBreaksTheProtocolBeforeTheLineEnds(String garbage) {
        open();
        say(1, "show status");
        hear(garbage);
        boolean isHalf = garbage.equals("1000-a\n1000");
        assertEquals(isHalf ? List.of() : List.of("broken"), wire.told);
        hear("more of it\n0000 \n");
        assertEquals(List.of("broken"), wire.told);
    }

    @Test
    void endlessRepliesLinesAndAsidesAreCutOffAndTakeNoMoreRoomThanOneReply() {
        for (String endless : List.of("1000-x", " x", "1000-x\n", "+x", "+x\n")) {
            TestWire other = new TestWire();
            StackCodec talker = ReplyCodeProtocol.bird().open(other, LARGEST);
            talker.read(bytes("0001 ready\n0016 Access restricted\n"));
            ByteBuf request = other.allocator.buffer().writeBytes(bytes("show memory"));
            talker.message(1, request);
            talker.read(bytes("1000-x\n"));
            for (int i = 0; i < LARGEST && !other.isBroken; i++) {
                talker.read(bytes(endless.equals("1000-x") && i > 0 ? "xxxxxx" : endless));
            }
            assertEquals(List.of("broken"), other.told, endless);
            other.allocator.assertAllReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0002 not a greeting\n", "0001 ready\n8007 Access denied\n"})
    void aLinkThatCannotBeOpenedAsItShouldIsBroken(String beginning) {
        say(1, "show status");
        hear(beginning);
        assertEquals(List.of("broken"), wire.told);
        assertFalse(wire.sent.toString().contains("show"));
    }

    @Test
    void aStackThatAnswersWithAnErrorHowItIsIsBroken() {
        open();
        codec.ping(-1);
        hear("8003 No protocols match\n");
        assertEquals(List.of("broken"), wire.told);
    }

    @Test
    void whoeverIsToldMayClose() {
        open();
        say(1, "show status");
        say(2, "show status");
        wire.onReply = codec::close;
        hear("0000 \n0000 \nrest");
        assertEquals(List.of("1 0000 \n"), wire.told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " show status",
                "show status\nshow memory",
                "show status\r",
                "show\tstatus",
                "show \u0000",
                "show caf\u00e9",
                "/* */quit",
                "# nothing",
                "quit",
                "Exit now",
                "help",
                "echo all",
            })
    void whatWouldNotBeOneRequestWithOneReplyIsNotSaid(String text) {
        ByteBuf message = bytes("x" + text).skipBytes(1);
        assertFalse(codec.canSay(message), text);
        assertEquals(1, message.readerIndex());
    }

    @Test
    void requestsAreAsLongAsTheStackTakes() {
        assertTrue(codec.canSay(bytes("s" + " ".repeat(1021))));
        assertFalse(codec.canSay(bytes("s" + " ".repeat(1022))));
        assertTrue(codec.canSay(bytes("quitter")));
    }

    @Test
    void settingsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> protocol("Bird", 1, "restrict", "show status", 10));
        assertThrows(IllegalArgumentException.class, () -> protocol("bird", 10_000, "restrict", "show status", 10));
        assertThrows(IllegalArgumentException.class, () -> protocol("bird", 1, "a\nb", "show status", 10));
        assertThrows(IllegalArgumentException.class, () -> protocol("bird", 1, "restrict", "", 10));
        assertThrows(IllegalArgumentException.class, () -> protocol("bird", 1, "restrict", "show status", 0));
    }

    private static void protocol(String name, int greeting, String opening, String question, int longest) {
        ReplyCodeProtocol made = new ReplyCodeProtocol(name, greeting, List.of(opening), question, Set.of(), longest);
        throw new AssertionError(made + " (expected: refused)");
    }
}
