package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.traffic.TrafficKey.VolumeClass;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficTableTest {

    private static TrafficKey key(int number) {
        return new TrafficKey("dns", number, 0, VolumeClass.SMALL);
    }

    @Test
    void keepsTheHeavyKeysHoweverManyOthersThereAre() {
        long seed = 7;
        Random random = new Random(seed);
        TrafficTable table = new TrafficTable(16);
        for (int i = 0; i < 20_000; i++) {
            boolean heavy = random.nextInt(3) == 0;
            table.arrived(key(heavy ? random.nextInt(3) : 100 + random.nextInt(5000)), i * 10L);
        }
        for (int heavy = 0; heavy < 3; heavy++) {
            assertTrue(table.traffic(key(heavy)).isPresent(), "key " + heavy + ", seed " + seed);
        }
        assertEquals(16, table.size());
        assertTrue(table.evictions() > 0);
    }

    /** The plain table looks at all keys for the one with the fewest messages, of equals the one that sent longest ago. */
    @Test
    void givesUpTheSameKeysAsATableThatLooksAtAll() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(20);
            int different = 1 + random.nextInt(60);
            TrafficTable table = new TrafficTable(most);
            Map<Integer, Long> plain = new LinkedHashMap<>();
            long evictions = 0;
            for (int i = 0; i < 2000; i++) {
                int number = (int) Math.min(different, Math.abs(random.nextGaussian()) * different / 2);
                long before = 0;
                if (plain.containsKey(number)) {
                    before = plain.remove(number);
                } else if (plain.size() == most) {
                    Map.Entry<Integer, Long> fewest = Collections.min(plain.entrySet(), Map.Entry.comparingByValue());
                    before = fewest.getValue();
                    plain.remove(fewest.getKey());
                    evictions++;
                }
                plain.put(number, before + 1);
                table.arrived(key(number), i);
                assertEquals(before + 1, arrivals(table, number), "message " + i + ", seed " + seed);
            }
            assertEquals(plain.size(), table.size(), "seed " + seed);
            assertEquals(evictions, table.evictions(), "seed " + seed);
            for (int number = 0; number <= different; number++) {
                assertEquals(
                        plain.getOrDefault(number, 0L), arrivals(table, number), "key " + number + ", seed " + seed);
            }
        }
    }

    private static long arrivals(TrafficTable table, int number) {
        return table.traffic(key(number)).map(KeyTraffic::arrivals).orElse(0L);
    }

    @Test
    void measuresTheRateOfAKey() {
        TrafficTable table = new TrafficTable(4);
        for (int i = 0; i < 2000; i++) {
            table.arrived(key(1), i * 100L);
            table.task(key(1), AuxiliaryTask.TLS_HANDSHAKE, 1, i * 100L);
            table.answered(key(1));
        }
        KeyTraffic traffic = table.traffic(key(1)).orElseThrow();
        assertEquals(10, traffic.ratePerSecond(), 0.5);
        assertEquals(100, traffic.nextGapMillis(), 1);
        assertEquals(0, traffic.inFlight());
        assertTrue(traffic.tasksPerSecond(AuxiliaryTask.TLS_HANDSHAKE) > 1);
    }

    @Test
    void timeThatRunsBackwardsCountsAsNow() {
        TrafficTable table = new TrafficTable(4);
        table.arrived(key(1), Long.MAX_VALUE / 2);
        table.arrived(key(1), Long.MIN_VALUE);
        table.arrived(key(1), 0);
        assertEquals(0, table.traffic(key(1)).orElseThrow().nextGapMillis());
        assertEquals(3, table.traffic(key(1)).orElseThrow().inFlight());
    }
}
