package io.foreshard.stackvirt.virtualizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordedPortTest {

    private static List<Long> times(Iterable<PastMessage> messages) {
        List<Long> times = new ArrayList<>();
        messages.forEach(message -> times.add(message.fromMillis()));
        return times;
    }

    private static PastMessage at(long millis) {
        return new PastMessage(7, 1, 2, 10, millis, millis + 5);
    }

    @Test
    void notesEachMessageThatHasEndedAndForgetsTheOldest() {
        try (VirtualizerRig rig = new VirtualizerRig(StackScaler.builder(), new StackBounds(0, 2)).open()) {
            long[] now = {VirtualizerRig.NOW_MILLIS};
            Port plain = rig.virtualizer.port(rig.channel.eventLoop(), 10);
            RecordedPort port = new RecordedPort(plain, 3, () -> now[0]);
            int[] results = {0};
            for (int i = 0; i < 5; i++) {
                port.send(
                        i == 0 ? 1 : VirtualizerRig.PROTOCOL,
                        i,
                        9,
                        Unpooled.copiedBuffer(new byte[i]),
                        rig.virtualizer.nowNanos() + 5_000_000_000L,
                        result -> {
                            results[0]++;
                            if (result instanceof MessageResult.Reply reply) {
                                reply.message().release();
                            }
                        });
                rig.run(1000);
                now[0] += 1000;
            }
            rig.run(1000);
            assertEquals(5, results[0]);
            assertEquals(0, port.outstanding());
            List<PastMessage> kept = port.history();
            assertEquals(3, kept.size());
            for (int i = 2; i < 5; i++) {
                PastMessage message = kept.get(i - 2);
                assertEquals(i, message.source());
                assertEquals(i, message.bytes());
                assertEquals(VirtualizerRig.NOW_MILLIS + 1000L * i, message.fromMillis());
                assertTrue(message.untilMillis() >= message.fromMillis(), message::toString);
            }
        }
    }

    @Test
    void historiesOfRoutersAreToldInOrder() {
        long seed = 41;
        Random random = new Random(seed);
        List<Iterable<PastMessage>> routers = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        for (int router = 0; router < 7; router++) {
            List<PastMessage> own = LongStream.generate(() -> random.nextInt(1000))
                    .limit(router * 10L)
                    .sorted()
                    .mapToObj(RecordedPortTest::at)
                    .toList();
            own.forEach(message -> all.add(message.fromMillis()));
            routers.add(own);
        }
        Collections.sort(all);
        assertEquals(all, times(new MergedHistory(routers)), "seed " + seed);
        assertEquals(List.of(), times(new MergedHistory(List.of())));
    }
}
