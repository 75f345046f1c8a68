package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HandshakeCodecTest {

    private static final SessionLimits LIMITS = new SessionLimits(1 << 20, 1 << 20, 64, 1500);
    private static final int MIN_BODY = WireFormat.MIN_PATH_MTU_BYTES - WireFormat.CONTROL_OVERHEAD_BYTES;

    @Test
    void readsTheHelloThatWasWritten() {
        Property.named("hello round trip").runs(500).check((random, size) -> {
            Hello hello = RandomPackets.hello(random);
            ByteBuf body = Unpooled.buffer();
            HandshakeCodec.writeHello(body, hello, WireFormat.DEFAULT_PATH_MTU_BYTES);
            assertEquals(WireFormat.DEFAULT_PATH_MTU_BYTES - WireFormat.CONTROL_OVERHEAD_BYTES, body.readableBytes());
            Hello read = HandshakeCodec.readHello(body, 0, body.readableBytes());
            assertEquals(hello, read);
            assertEquals(hello.hashCode(), String.valueOf(read).isEmpty() ? 0 : read.hashCode());
        });
    }

    @Test
    void readsTheAcceptThatWasWritten() {
        Property.named("accept round trip").runs(500).check((random, size) -> {
            Accept accept = RandomPackets.accept(random);
            ByteBuf body = Unpooled.buffer();
            HandshakeCodec.writeAccept(body, accept);
            assertEquals(accept, HandshakeCodec.readAccept(body, 0, body.readableBytes()));
            for (int length = 0; length < body.readableBytes(); length++) {
                assertNull(HandshakeCodec.readAccept(body, 0, length));
            }
        });
    }

    @Test
    void anAnswerIsAlwaysShorterThanTheHello() {
        ByteBuf retry = Unpooled.buffer();
        HandshakeCodec.writeAccept(retry, new Accept.Retry(new byte[Hello.MAX_COOKIE_BYTES]));
        assertEquals(98, WireFormat.CONTROL_OVERHEAD_BYTES + retry.readableBytes());
        ByteBuf session = Unpooled.buffer();
        HandshakeCodec.writeAccept(session, new Accept.Session(1, 1, LIMITS));
        assertEquals(58, WireFormat.CONTROL_OVERHEAD_BYTES + session.readableBytes());
        ByteBuf hello = Unpooled.buffer();
        HandshakeCodec.writeHello(hello, new Hello(List.of(1), 1, LIMITS, new byte[0], null), 0);
        hello.writeZero(MIN_BODY - hello.readableBytes());
        assertNull(HandshakeCodec.readHello(hello, 0, MIN_BODY - 1));
        assertTrue(HandshakeCodec.readHello(hello, 0, MIN_BODY) != null);
    }

    @Test
    void aCookieCannotBeChangedFromOutside() {
        byte[] cookie = {1, 2, 3};
        Accept.Retry retry = new Accept.Retry(cookie);
        Hello hello = new Hello(List.of(1), 1, LIMITS, cookie, null);
        cookie[0] = 9;
        retry.cookie()[1] = 9;
        hello.cookie()[1] = 9;
        assertEquals(new Accept.Retry(new byte[] {1, 2, 3}), retry);
        assertEquals(new Hello(List.of(1), 1, LIMITS, new byte[] {1, 2, 3}, null), hello);
        assertNotEquals(new Hello(List.of(1), 1, LIMITS, new byte[] {1, 2}, null), hello);
    }

    @Test
    void saysWhatIsWrongWithAHello() {
        fails("versions: [] (expected: 1…8 versions)", () -> hello(List.of(), 1, 0, null));
        fails("version: 256 (expected: 0…255)", () -> hello(List.of(256), 1, 0, null));
        fails("sessionId: 0 (expected: not 0)", () -> hello(List.of(1), 0, 0, null));
        fails("cookie: 65 B (expected: <= 64 B)", () -> hello(List.of(1), 1, 65, null));
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("relay", 1);
        fails(
                "destination: " + unresolved + " (expected: resolved, with a port)",
                () -> hello(List.of(1), 1, 0, unresolved));
        InetSocketAddress portless = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        fails(
                "destination: " + portless + " (expected: resolved, with a port)",
                () -> hello(List.of(1), 1, 0, portless));
    }

    private static Hello hello(List<Integer> versions, long session, int cookieBytes, InetSocketAddress destination) {
        return new Hello(versions, session, LIMITS, new byte[cookieBytes], destination);
    }

    @Test
    void saysWhatIsWrongWithAnAcceptAndWithLimits() {
        fails("cookie: 0 B (expected: 1…64 B)", () -> new Accept.Retry(new byte[0]));
        fails("version: 64 (expected: 1…63)", () -> new Accept.Session(64, 1, LIMITS));
        fails("sessionId: 0 (expected: not 0)", () -> new Accept.Session(1, 0, LIMITS));
        fails("maxMessageBytes: 0 (expected: 1…4294967295)", () -> new SessionLimits(0, 1, 1, 1500));
        fails("creditBytes: 4294967296 (expected: 1…4294967295)", () -> new SessionLimits(1, 1L << 32, 1, 1500));
        fails("creditMessages: 65536 (expected: 1…65535)", () -> new SessionLimits(1, 1, 65536, 1500));
        fails("maxPacketBytes: 547 (expected: 548…65535)", () -> new SessionLimits(1, 1, 1, 547));
    }

    private static void fails(String message, Executable body) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, body).getMessage());
    }
}
