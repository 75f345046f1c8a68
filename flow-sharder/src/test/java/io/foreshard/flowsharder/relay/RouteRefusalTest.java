package io.foreshard.flowsharder.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who may not is not led anywhere, and is told so soon. */
class RouteRefusalTest {

    private static void isRefused(RelayRig rig, RelayReason reason, ByteBuf first) {
        RelayEnd end = rig.connect();
        end.send(first);
        rig.runUntil(() -> end.gone || end.ended);
        assertEquals(1, rig.count(reason), reason::name);
        assertEquals(0, rig.arrived.size());
        rig.runUntil(() -> rig.relay.totals().open() == 0);
    }

    @Test
    void aForgedHeader() {
        try (RelayRig rig = new RelayRig(1)) {
            RouteKey other = new RouteKey("somebody else's secret".getBytes(StandardCharsets.US_ASCII));
            RouteHeader forged = other.sign(RouteHeader.to(RelayRig.HOP, RelayRig.NOW_SECONDS + 1, 1, 2));
            isRefused(rig, RelayReason.FORGED_ROUTE, RelayRig.bytes(forged));
        }
    }

    @Test
    void anOldHeaderButNotOneOfItsLastSecond() {
        try (RelayRig rig = new RelayRig(1)) {
            RouteHeader old = RelayRig.KEY.sign(RouteHeader.to(RelayRig.HOP, RelayRig.NOW_SECONDS - 1, 1, 2));
            isRefused(rig, RelayReason.EXPIRED_ROUTE, RelayRig.bytes(old));
            RouteHeader last = RelayRig.KEY.sign(RouteHeader.to(RelayRig.HOP, RelayRig.NOW_SECONDS, 1, 2));
            RelayEnd end = rig.connect();
            end.send(RelayRig.bytes(last));
            rig.runUntil(() -> rig.arrived.size() == 1);
            end.reset();
            rig.runUntil(() -> rig.lastArrived().gone);
        }
    }

    @Test
    void aHopThatIsNotAllowedOrNoAddress() {
        for (String hop :
                new String[] {"10.0.0.9:80", "10.0.0.3", "10.0.0.3:0", "10.0.0.3:65536", ":80", "a b:80", "[::1:80"}) {
            try (RelayRig rig = new RelayRig(
                    1,
                    builder -> builder.allowedNextHops(
                            address -> !address.getHostString().endsWith(".9")))) {
                isRefused(rig, RelayReason.NEXT_HOP_REFUSED, RelayRig.header(hop));
            }
        }
    }

    @Test
    void aHopThatCannotBeReached() {
        try (RelayRig rig = new RelayRig(1)) {
            isRefused(rig, RelayReason.NEXT_HOP_UNREACHABLE, RelayRig.header("10.0.0.3:1"));
        }
        try (RelayRig rig = new RelayRig(1)) {
            isRefused(rig, RelayReason.NEXT_HOP_UNREACHABLE, RelayRig.header("10.0.0.77:1"));
        }
    }

    @Test
    void garbage() {
        try (RelayRig rig = new RelayRig(1)) {
            isRefused(
                    rig,
                    RelayReason.MALFORMED_ROUTE,
                    Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", StandardCharsets.US_ASCII));
        }
        try (RelayRig rig = new RelayRig(1)) {
            isRefused(rig, RelayReason.MALFORMED_ROUTE, Unpooled.wrappedBuffer(new byte[] {1, -1, -1}));
        }
        byte[] notText = ByteBufUtil.getBytes(RelayRig.header("x".repeat(255)));
        Arrays.fill(notText, 27, 27 + 255, (byte) -1);
        try (RelayRig rig = new RelayRig(1)) {
            isRefused(rig, RelayReason.MALFORMED_ROUTE, Unpooled.wrappedBuffer(notText));
        }
    }

    @Test
    void aHeaderThatTakesTooLong() {
        try (RelayRig rig = new RelayRig(1, builder -> builder.headerTimeout(Duration.ofSeconds(2)))) {
            RelayEnd end = rig.connect();
            byte[] header = ByteBufUtil.getBytes(RelayRig.header(RelayRig.HOP));
            for (int i = 0; i < 20; i++) {
                end.send(new byte[] {header[i]});
                rig.simulation.runFor(Duration.ofMillis(100));
            }
            rig.simulation.runFor(Duration.ofMillis(10));
            assertTrue(end.gone);
            assertEquals(1, rig.count(RelayReason.SLOW_ROUTE));
        }
    }

    @Test
    void aHeaderThatEndsEarlyAndNotWhoOnlyAsks() {
        try (RelayRig rig = new RelayRig(1)) {
            RelayEnd asks = rig.connect();
            asks.end();
            rig.runUntil(() -> asks.gone || asks.ended);
            RelayEnd stops = rig.connect();
            stops.send(RelayRig.header(RelayRig.HOP).readSlice(30));
            stops.end();
            rig.runUntil(() -> stops.gone || stops.ended);
            assertEquals(1, rig.count(RelayReason.MALFORMED_ROUTE));
        }
    }

    @Test
    void oneMoreThanAllowed() {
        try (RelayRig rig = new RelayRig(1, builder -> builder.connectionLimit(2))) {
            RelayEnd first = rig.route();
            rig.route();
            RelayEnd third = rig.connect();
            rig.runUntil(() -> third.gone || third.ended);
            assertEquals(1, rig.count(RelayReason.TOO_MANY_CONNECTIONS));
            first.reset();
            rig.runUntil(() -> rig.relay.totals().open() == 1);
            rig.route();
            assertEquals(3, rig.relay.totals().routed());
            rig.await(rig.relay.close());
        }
    }

    @Test
    void randomBytesLeadNowhere() {
        Property.named("random bytes at a relay").runs(200).maxSize(600).check((random, size) -> {
            try (RelayRig rig = new RelayRig(random.nextLong())) {
                byte[] bytes = new byte[1 + size];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    bytes[0] = RouteHeader.VERSION;
                }
                RelayEnd end = rig.connect();
                end.send(bytes);
                rig.runUntil(() -> end.gone);
                assertEquals(0, rig.arrived.size());
                assertEquals(0, rig.relay.totals().open());
            }
        });
    }

    @Test
    void aChangedHeaderLeadsNowhere() {
        Property.named("changed headers at a relay").runs(200).maxSize(100).check((random, size) -> {
            try (RelayRig rig = new RelayRig(random.nextLong())) {
                byte[] bytes = ByteBufUtil.getBytes(RelayRig.header(RelayRig.HOP));
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                RelayEnd end = rig.connect();
                end.send(Arrays.copyOf(bytes, bytes.length + size));
                rig.runUntil(() -> end.gone);
                assertEquals(0, rig.arrived.size());
            }
        });
    }
}
