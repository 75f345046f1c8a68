package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.Fingerprint;
import io.foreshard.flowsharder.accept.AcceptReason;
import io.foreshard.flowsharder.accept.Acceptor;
import io.foreshard.flowsharder.accept.AcceptorBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for targets, by SOCKS and by HTTP, over relays and on virtual time. */
class AcceptorTest {

    private static final int PORT = 1085;
    private static final String ORIGIN = "10.0.0.4:80";
    private static final String CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n";
    private static final String SOCKS_CONNECTED = "05000001000000000000";

    /** A greeting without a password, then CONNECT to 10.0.0.4, port 80. */
    private static final String GREETING = "050100";

    private static final String COMMAND = "050100010a0000040050";

    private static Acceptor http(EdgeRig rig, UnaryOperator<AcceptorBuilder> changes) {
        Acceptor acceptor = changes.apply(Acceptor.httpConnect(rig.ingress)).build();
        rig.await(acceptor.listen(rig.near.address(PORT)));
        return acceptor;
    }

    private static Acceptor socks(EdgeRig rig, UnaryOperator<AcceptorBuilder> changes) {
        Acceptor acceptor = changes.apply(Acceptor.socks5(rig.ingress)).build();
        rig.await(acceptor.listen(rig.near.address(PORT)));
        return acceptor;
    }

    private static String request(String target) {
        return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: one\r\n\r\n";
    }

    private static long count(Acceptor acceptor, AcceptReason reason) {
        return acceptor.counters().get(reason);
    }

    private static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(new Fingerprint().digest(bytes));
    }

    /** Both directions carry what comes, behind an answer of so many bytes. */
    private static void exchange(EdgeRig rig, Talker client, int answerBytes) {
        Peer far = rig.served.get(rig.served.size() - 1);
        far.stream(2, 500_000);
        client.say(new byte[100_000]);
        client.end();
        rig.until(() -> far.ended && client.ended, "no ends came");
        assertEquals(100_000, far.receivedBytes);
        assertEquals(Peer.digestOf(2, 500_000), digest(client.after(answerBytes)));
    }

    @Test
    void anHttpClientIsCarriedToItsTarget() {
        try (EdgeRig rig = new EdgeRig(1, 3)) {
            Acceptor acceptor = http(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.say(request(ORIGIN));
            rig.until(() -> client.heardBytes() >= CONNECTED.length(), "no answer came");
            assertEquals(CONNECTED, client.text());
            assertEquals(1, rig.served.size(), "the target was connected before that was said");
            exchange(rig, client, CONNECTED.length());
            acceptor.counters().forEach((reason, amount) -> assertEquals(0L, amount, reason.name()));
        }
    }

    @Test
    void aSocksClientIsCarriedToItsTarget() {
        try (EdgeRig rig = new EdgeRig(1, 3)) {
            socks(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.sayHex(GREETING);
            rig.until(() -> client.heardBytes() == 2, "no answer came");
            assertEquals("0500", client.hex());
            client.sayHex(COMMAND);
            rig.until(() -> client.heardBytes() >= 12, "no answer came");
            assertEquals("0500" + SOCKS_CONNECTED, client.hex());
            assertEquals(1, rig.served.size(), "the target was connected before that was said");
            exchange(rig, client, 12);
        }
    }

    /** A client that does not wait for answers loses nothing of what it sent ahead. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsSentAheadArrives(boolean inOnePiece) {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            socks(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            byte[] all = HexFormat.of().parseHex(GREETING + COMMAND + "686572652049 20616d".replace(" ", ""));
            if (inOnePiece) {
                client.say(all);
            } else {
                for (byte one : all) {
                    client.say(one);
                    rig.simulation.runFor(Duration.ofMillis(30));
                }
            }
            rig.until(() -> !rig.served.isEmpty() && rig.served.get(0).receivedBytes == 9, "not all came");
            rig.until(() -> client.heardBytes() == 12, "no answer came");
            assertEquals("0500" + SOCKS_CONNECTED, client.hex());
        }
    }

    @Test
    void whatAnHttpClientSendsAheadArrives() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            http(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.say(request(ORIGIN) + "GET / HTTP/1.1\r\n\r\n");
            rig.until(() -> !rig.served.isEmpty() && rig.served.get(0).receivedBytes == 18, "not all came");
            rig.until(() -> client.heardBytes() == CONNECTED.length(), "no answer came");
        }
    }

    @Test
    void aTargetThatIsNotThereIsNotAnsweredWithSuccess() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Acceptor acceptor = http(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.say(request("10.0.0.4:81") + "and something ahead");
            rig.until(() -> client.ended, "no end came");
            assertTrue(client.text().startsWith("HTTP/1.1 502 Bad Gateway\r\n"), client.text());
            client.end();
            rig.until(() -> client.gone || client.ended, "still open");
            assertEquals(1, count(acceptor, AcceptReason.NOT_CONNECTED));
        }
    }

    @Test
    void aSocksClientLearnsThatItsTargetIsNotThere() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Acceptor acceptor = socks(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.sayHex(GREETING + "050100010a0000040051");
            rig.until(() -> client.ended, "no end came");
            assertEquals("050005040001000000000000", client.hex());
            assertEquals(1, count(acceptor, AcceptReason.NOT_CONNECTED));
        }
    }

    @Test
    void aClientLearnsThatTheEgressIsGone() {
        try (EdgeRig rig = new EdgeRig(1, 1, 1, builder -> builder.resumeWithin(Duration.ofSeconds(2)))) {
            Acceptor acceptor = http(rig, builder -> builder);
            rig.simulation.runFor(Duration.ofSeconds(1));
            rig.egress.close();
            rig.simulation.disconnect(rig.near, rig.middles.get(0));
            Talker client = Talker.to(rig, PORT);
            client.say(request(ORIGIN));
            rig.until(() -> client.ended, "no end came");
            assertTrue(client.text().startsWith("HTTP/1.1 503 "), client.text());
            assertEquals(1, count(acceptor, AcceptReason.NOT_CONNECTED));
        }
    }

    @Test
    void asManyFlowsAsAllowedAndNotOneMore() {
        try (EdgeRig rig = new EdgeRig(1, 1, 1, builder -> builder.mostFlows(1))) {
            http(rig, builder -> builder);
            Talker first = Talker.to(rig, PORT);
            first.say(request(ORIGIN));
            rig.until(() -> first.heardBytes() == CONNECTED.length(), "no answer came");
            Talker second = Talker.to(rig, PORT);
            second.say(request(ORIGIN) + "ahead");
            rig.until(() -> second.ended, "no end came");
            assertTrue(second.text().startsWith("HTTP/1.1 503 "), second.text());
            exchange(rig, first, CONNECTED.length());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT 10.0.0.4 HTTP/1.1, 400, BAD_TARGET",
        "CONNECT 10.0.0.4:0 HTTP/1.1, 400, BAD_TARGET",
        "CONNECT 10.0.0.4:65536 HTTP/1.1, 400, BAD_TARGET",
        "CONNECT http://10.0.0.4:80/ HTTP/1.1, 400, BAD_TARGET",
        "CONNECT a@10.0.0.4:80 HTTP/1.1, 400, BAD_TARGET",
        "CONNECT [zz]:80 HTTP/1.1, 400, BAD_TARGET",
        "GET http://10.0.0.4/ HTTP/1.1, 405, UNSUPPORTED_REQUEST",
        "CONNECT, 400, MALFORMED_REQUEST",
        "what is this, 400, MALFORMED_REQUEST"
    })
    void anHttpRequestForNothingGetsAnAnswer(String line, String status, AcceptReason reason) {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = http(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.say(line + "\r\nHost: 10.0.0.4\r\n\r\n");
            rig.until(() -> client.ended, "no end came");
            assertTrue(client.text().startsWith("HTTP/1.1 " + status + " "), client.text());
            assertEquals(1, count(acceptor, reason), () -> acceptor.counters().toString());
            assertEquals(0, rig.served.size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                ": none"
            })
    void aRequestThatSaysThatItHasContentIsRefused(String header) {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = http(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.say("CONNECT " + ORIGIN + " HTTP/1.1\r\nHost: " + ORIGIN + "\r\n" + header + "\r\n\r\nhello");
            rig.until(() -> client.ended, "no end came");
            assertTrue(client.text().startsWith("HTTP/1.1 400 "), client.text());
            assertEquals(1, count(acceptor, AcceptReason.MALFORMED_REQUEST));
            assertEquals(0, rig.served.size());
        }
    }

    @Test
    void headersThatNeverEndAreNotKept() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = http(rig, builder -> builder.mostRequestBytes(1024));
            Talker client = Talker.to(rig, PORT);
            client.say("CONNECT " + ORIGIN + " HTTP/1.1\r\n" + "X-Padding: 0123456789\r\n".repeat(100));
            rig.until(() -> client.ended, "no end came");
            assertTrue(client.text().startsWith("HTTP/1.1 431 "), client.text());
            Talker line = Talker.to(rig, PORT);
            line.say("CONNECT " + "a".repeat(5000));
            rig.until(() -> line.ended, "no end came");
            assertEquals(2, count(acceptor, AcceptReason.OVERSIZE_REQUEST));
        }
    }

    @Test
    void aClientThatSpeaksSlowlyIsNotWaitedFor() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = http(rig, builder -> builder.requestTimeout(Duration.ofSeconds(2)));
            Talker client = Talker.to(rig, PORT);
            long begin = rig.simulation.nowNanos();
            String words = request(ORIGIN);
            for (int i = 0; i < words.length() && !client.ended; i++) {
                client.say(words.substring(i, i + 1));
                rig.simulation.runFor(Duration.ofMillis(100));
            }
            assertTrue(client.text().startsWith("HTTP/1.1 408 "), client.text());
            assertTrue(rig.simulation.nowNanos() - begin < 2_200_000_000L);
            assertEquals(1, count(acceptor, AcceptReason.SLOW_REQUEST));
            Talker silent = Talker.to(rig, PORT);
            rig.until(() -> silent.ended, "no end came");
            assertEquals(2, count(acceptor, AcceptReason.SLOW_REQUEST));
        }
    }

    /** Who was refused and does not go is closed. */
    @Test
    void aClientThatStaysAfterItWasRefusedIsClosed() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            http(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.say("nonsense\r\n\r\n");
            rig.until(() -> client.ended, "no end came");
            assertFalse(client.gone);
            for (int i = 0; i < 30 && !client.gone; i++) {
                client.say("more");
                rig.simulation.runFor(Duration.ofMillis(100));
            }
            assertTrue(client.gone, "still open");
        }
    }

    @Test
    void onlySoManyClientsMayWait() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = socks(rig, builder -> builder.mostWaiting(2));
            Talker first = Talker.to(rig, PORT);
            Talker second = Talker.to(rig, PORT);
            Talker third = Talker.to(rig, PORT);
            rig.until(() -> third.gone, "still open");
            assertEquals(1, count(acceptor, AcceptReason.TOO_MANY_WAITING));
            first.close();
            rig.until(() -> count(acceptor, AcceptReason.GONE_EARLY) == 1, "the first did not leave");
            second.sayHex(GREETING + COMMAND);
            rig.until(() -> second.heardBytes() == 12, "no answer came");
            Talker fourth = Talker.to(rig, PORT);
            fourth.sayHex(GREETING + COMMAND);
            rig.until(() -> fourth.heardBytes() == 12, "no answer came");
            assertEquals(2, rig.served.size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "04010050, '', MALFORMED_REQUEST",
        "474554202f20485454502f312e31, '', MALFORMED_REQUEST",
        "050102, 05ff, NOT_ALLOWED",
        "0500, '', MALFORMED_REQUEST",
        "050100050200010a0000040050, 050005070001000000000000, UNSUPPORTED_REQUEST",
        "050100050300010a0000040050, 050005070001000000000000, UNSUPPORTED_REQUEST",
        "050100040100010a0000040050, 050005010001000000000000, MALFORMED_REQUEST",
        "050100050100090a0000040050, 050005010001000000000000, MALFORMED_REQUEST",
        "0501000501000300 0050, 050005080001000000000000, BAD_TARGET",
        "05010005010003022f2f0050, 050005080001000000000000, BAD_TARGET",
        "050100050100010a0000040000, 050005080001000000000000, BAD_TARGET"
    })
    void aSocksRequestForNothingGetsAnAnswer(String words, String answer, AcceptReason reason) {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = socks(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.sayHex(words.replace(" ", ""));
            rig.until(() -> client.ended || client.gone, "no end came");
            assertEquals(answer, client.hex());
            assertEquals(1, count(acceptor, reason), () -> acceptor.counters().toString());
            assertEquals(0, rig.served.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"opensesame, 050201000500000100 , 1", "guess, 05020101, 0"})
    void aSocksClientShowsAPassword(String password, String ignored, int connected) {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = socks(
                    rig,
                    builder -> builder.credentials((user, shown) -> user.equals("me") && shown.equals("opensesame")));
            Talker client = Talker.to(rig, PORT);
            String shown = HexFormat.of().formatHex(password.getBytes(StandardCharsets.US_ASCII));
            client.sayHex("05020002" + "01026d65" + String.format("%02x", password.length()) + shown + COMMAND);
            rig.until(() -> client.ended || client.heardBytes() == 14, "no answer came");
            assertEquals(connected == 1 ? "05020100" + SOCKS_CONNECTED : "050201ff", client.hex());
            assertEquals(1 - connected, count(acceptor, AcceptReason.NOT_ALLOWED));
            assertEquals(connected, rig.served.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"me:open:sesame, 200", "me:guess, 407", "me, 407"})
    void anHttpClientShowsAPassword(String pair, String status) {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            http(
                    rig,
                    builder -> builder.credentials((user, shown) -> user.equals("me") && shown.equals("open:sesame")));
            Talker client = Talker.to(rig, PORT);
            String shown = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
            client.say("CONNECT " + ORIGIN + " HTTP/1.0\r\nProxy-Authorization: basic " + shown + "\r\n\r\n");
            rig.until(() -> client.text().endsWith("\r\n\r\n"), "no answer came");
            assertTrue(client.text().startsWith("HTTP/1.1 " + status + " "), client.text());
        }
    }

    @Test
    void aClientThatLeavesHalfWayIsCounted() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Acceptor acceptor = http(rig, builder -> builder);
            Talker half = Talker.to(rig, PORT);
            half.say("CONNECT 10.0");
            half.end();
            Talker closed = Talker.to(rig, PORT);
            closed.say("CONNECT 10.0");
            closed.close();
            rig.until(() -> count(acceptor, AcceptReason.GONE_EARLY) == 2, "not both were counted");
        }
    }

    /** Who leaves while the egress is still dialling leaves nothing behind. */
    @Test
    void aClientThatLeavesBeforeItsTargetIsConnected() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            socks(rig, builder -> builder);
            Talker client = Talker.to(rig, PORT);
            client.sayHex(GREETING + COMMAND);
            rig.simulation.runFor(Duration.ofMillis(3));
            client.close();
            rig.simulation.runFor(Duration.ofSeconds(2));
            assertTrue(rig.served.stream().allMatch(peer -> peer.gone), "the target's connection was left open");
        }
    }
}
