package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.traffic.TrafficKey.VolumeClass;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficTableTest {

    private static TrafficKey key(int number) {
        return new TrafficKey("dns", number, 1, VolumeClass.SMALL);
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

    @Test
    void measuresTheRateOfAKey() {
        TrafficTable table = new TrafficTable(4);
        for (int i = 0; i < 2000; i++) {
            table.arrived(key(1), i * 100L);
            table.task(key(1), AuxiliaryTask.TLS_HANDSHAKE, 1);
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
