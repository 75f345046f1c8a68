package io.foreshard.simulator.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramPipeTest {

    private final List<byte[]> delivered = new ArrayList<>();

    @Test
    void mergesWithTheNextDatagramOfTheSameRoute() {
        DatagramPipe<String> pipe = pipe(
                Impairment.builder().delay(Duration.ofNanos(10)).coalesce(1).build());
        pipe.offer(0, new byte[] {1, 2}, "a");
        pipe.offer(0, new byte[] {3}, "a");
        pipe.offer(0, new byte[] {4}, "b");
        assertEquals(2, pipe.release(10, (payload, route) -> delivered.add(payload)));
        assertArrayEquals(new byte[] {1, 2, 3}, delivered.get(0));
        assertArrayEquals(new byte[] {4}, delivered.get(1));
        assertEquals(1, pipe.statistics().count(LinkEffect.MERGED));
        assertEquals(0, pipe.statistics().heldBytes());
    }

    @Test
    void deliversADuplicateAsACopy() {
        DatagramPipe<String> pipe = pipe(Impairment.builder().duplicate(1).build());
        pipe.offer(0, new byte[] {7}, "a");
        pipe.release(0, (payload, route) -> {
            delivered.add(payload);
            payload[0]++;
        });
        assertEquals(2, delivered.size());
        assertArrayEquals(new byte[] {8}, delivered.get(1));
    }

    @Test
    void flipsExactlyOneBit() {
        DatagramPipe<String> pipe = pipe(Impairment.builder().corrupt(1).build());
        for (int i = 0; i < 100; i++) {
            pipe.offer(0, new byte[50], "a");
        }
        pipe.release(0, (payload, route) -> delivered.add(payload));
        for (byte[] payload : delivered) {
            int bits = 0;
            for (byte value : payload) {
                bits += Integer.bitCount(value & 0xff);
            }
            assertEquals(1, bits);
        }
    }

    @Test
    void truncationLeavesAtLeastOneByte() {
        DatagramPipe<String> pipe = pipe(Impairment.builder().truncate(1).build());
        for (int i = 0; i < 200; i++) {
            pipe.offer(0, new byte[3], "a");
        }
        pipe.release(0, (payload, route) -> delivered.add(payload));
        assertTrue(delivered.stream().allMatch(payload -> payload.length == 1 || payload.length == 2));
        assertEquals(200, pipe.statistics().count(LinkEffect.TRUNCATED));
    }

    @Test
    void holdsNoMoreThanItsLimit() {
        DatagramPipe<String> pipe = new DatagramPipe<>(
                new ImpairedLink(
                        Impairment.builder().delay(Duration.ofSeconds(1)).build(), 1, 0),
                1000);
        assertNull(pipe.offer(0, new byte[1000], "a"));
        assertEquals(DropReason.PIPE_FULL, pipe.offer(0, new byte[1], "a"));
        pipe.clear();
        assertNull(pipe.offer(0, new byte[1], "a"));
        assertEquals(1, pipe.statistics().heldBytes());
        assertEquals(1, pipe.statistics().dropped(DropReason.PIPE_FULL));
    }

    private static DatagramPipe<String> pipe(Impairment impairment) {
        return new DatagramPipe<>(new ImpairedLink(impairment, 1, 0), 1 << 20);
    }
}
